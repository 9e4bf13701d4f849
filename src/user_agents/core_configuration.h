#ifndef SIPWASM_SRC_USER_AGENTS_CORE_CONFIGURATION_H_
#define SIPWASM_SRC_USER_AGENTS_CORE_CONFIGURATION_H_

#include <cstdint>
#include <string_view>

#include "messages/builder.h"

namespace sip {

// What a user agent core puts into its messages without being told each time.
struct CoreConfiguration {
  std::string_view transport = "WSS";  // token of Via: WS, WSS, TCP, UDP ...
  std::string_view sent_by;            // of Via: RFC 7118 section 5 wants "<random>.invalid"
  bool force_rport = false;            // RFC 3581: adds ";rport" to Via
  std::string_view contact;            // the value of Contact: "<sip:abc@xyz.invalid;transport=ws>"
  std::string_view user_agent;         // User-Agent of requests, Server of nothing; "" for none
  std::string_view supported;          // value of Supported: option tags
  std::string_view allow;     // of Allow: RFC 3261 section 8.2.1 answers other methods 405 or 501
  std::string_view accept;    // of Accept: an INVITE with a body of another type gets 415, unless
                              // "*/*" is among them
  HeaderLines routes;         // Route: preloaded, RFC 3261 section 8.1.1.1
  std::string_view username;  // digest credentials, RFC 3261 section 22
  std::string_view password;
  std::string_view ha1;
  uint32_t max_message_size = 0;  // octets of what comes in, more gets 513; 0: kMaxMessageSize
  bool quiet =
      false;  // nobody hears warnings: what is not legal in messages need not be looked for

  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
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
    field("maxMessageSize", max_message_size);
    field("quiet", quiet);
  }
};

}  // namespace sip

#endif  // SIPWASM_SRC_USER_AGENTS_CORE_CONFIGURATION_H_
