#ifndef SIPWASM_SRC_USER_AGENTS_CORE_CONFIGURATION_H_
#define SIPWASM_SRC_USER_AGENTS_CORE_CONFIGURATION_H_

#include <string>
#include <vector>

namespace sip {

// What a user agent core puts into its messages without being told each time.
struct CoreConfiguration {
  std::string transport = "WSS";       // token of Via: WS, WSS, TCP, UDP ...
  std::string sent_by;                 // of Via: RFC 7118 section 5 wants "<random>.invalid"
  bool force_rport = false;            // RFC 3581: adds ";rport" to Via
  std::string contact;                 // the value of Contact: "<sip:abc@xyz.invalid;transport=ws>"
  std::string user_agent;              // User-Agent of requests, Server of nothing; "" for none
  std::vector<std::string> supported;  // option tags
  std::vector<std::string> allow;      // methods; RFC 3261 section 8.2.1 answers others 405
  std::vector<std::string> accept;     // content types of bodies that are understood
  std::vector<std::string> routes;     // preloaded route set, RFC 3261 section 8.1.1.1
  std::string username;                // digest credentials, RFC 3261 section 22
  std::string password;
  std::string ha1;

  template <typename Visitor>
  void Fields(Visitor&& field) {
    field("transport", transport);
    field("sentBy", sent_by);
    field("forceRport", force_rport);
    field("contact", contact);
    field("userAgent", user_agent);
    field("supported", supported);
    field("allow", allow);
    field("accept", accept);
    field("routes", routes);
    field("username", username);
    field("password", password);
    field("ha1", ha1);
  }
};

}  // namespace sip

#endif  // SIPWASM_SRC_USER_AGENTS_CORE_CONFIGURATION_H_
