#include "messages/status_code.h"

#include <iterator>

namespace sip {
namespace {

// The IANA registry "Session Initiation Protocol (SIP) Response Codes", but 436, 437, 478 and 500,
// which are as SIP.js words them: three digits, a space and the phrase, each closed by a NUL. One
// text takes less room than a table of pointers.
constexpr char kPhrases[] =
    "100 Trying\0"
    "180 Ringing\0"
    "181 Call Is Being Forwarded\0"
    "182 Queued\0"
    "183 Session Progress\0"
    "199 Early Dialog Terminated\0"
    "200 OK\0"
    "202 Accepted\0"
    "204 No Notification\0"
    "300 Multiple Choices\0"
    "301 Moved Permanently\0"
    "302 Moved Temporarily\0"
    "305 Use Proxy\0"
    "380 Alternative Service\0"
    "400 Bad Request\0"
    "401 Unauthorized\0"
    "402 Payment Required\0"
    "403 Forbidden\0"
    "404 Not Found\0"
    "405 Method Not Allowed\0"
    "406 Not Acceptable\0"
    "407 Proxy Authentication Required\0"
    "408 Request Timeout\0"
    "410 Gone\0"
    "412 Conditional Request Failed\0"
    "413 Request Entity Too Large\0"
    "414 Request-URI Too Long\0"
    "415 Unsupported Media Type\0"
    "416 Unsupported URI Scheme\0"
    "417 Unknown Resource-Priority\0"
    "420 Bad Extension\0"
    "421 Extension Required\0"
    "422 Session Interval Too Small\0"
    "423 Interval Too Brief\0"
    "424 Bad Location Information\0"
    "425 Bad Alert Message\0"
    "428 Use Identity Header\0"
    "429 Provide Referrer Identity\0"
    "430 Flow Failed\0"
    "433 Anonymity Disallowed\0"
    "436 Bad Identity-Info\0"
    "437 Unsupported Certificate\0"
    "438 Invalid Identity Header\0"
    "439 First Hop Lacks Outbound Support\0"
    "440 Max-Breadth Exceeded\0"
    "469 Bad Info Package\0"
    "470 Consent Needed\0"
    "478 Unresolvable Destination\0"
    "480 Temporarily Unavailable\0"
    "481 Call/Transaction Does Not Exist\0"
    "482 Loop Detected\0"
    "483 Too Many Hops\0"
    "484 Address Incomplete\0"
    "485 Ambiguous\0"
    "486 Busy Here\0"
    "487 Request Terminated\0"
    "488 Not Acceptable Here\0"
    "489 Bad Event\0"
    "491 Request Pending\0"
    "493 Undecipherable\0"
    "494 Security Agreement Required\0"
    "500 Internal Server Error\0"
    "501 Not Implemented\0"
    "502 Bad Gateway\0"
    "503 Service Unavailable\0"
    "504 Server Time-out\0"
    "505 Version Not Supported\0"
    "513 Message Too Large\0"
    "555 Push Notification Service Not Supported\0"
    "580 Precondition Failure\0"
    "600 Busy Everywhere\0"
    "603 Decline\0"
    "604 Does Not Exist Anywhere\0"
    "606 Not Acceptable\0"
    "607 Unwanted\0"
    "608 Rejected\0";

}  // namespace

std::string_view ReasonPhrase(int status) {
  std::string_view rest(kPhrases, std::size(kPhrases) - 1);
  while (!rest.empty()) {
    const std::string_view entry = rest.substr(0, rest.find('\0'));
    const int code = (entry[0] - '0') * 100 + (entry[1] - '0') * 10 + (entry[2] - '0');
    if (code == status) return entry.substr(4);
    rest.remove_prefix(entry.size() + 1);
  }
  return {};
}

}  // namespace sip
