#ifndef SIPWASM_SRC_USER_AGENTS_REGISTRATION_COMMANDS_H_
#define SIPWASM_SRC_USER_AGENTS_REGISTRATION_COMMANDS_H_

#include <cstdint>
#include <string_view>

#include "base/handles.h"
#include "messages/builder.h"

// Commands for registrations (RFC 3261 section 10) and publications (RFC 3903). See command.h.
namespace sip {

// RFC 3261 section 10: a binding that the core keeps alive once it was registered: it refreshes it
// when `refresh_percent` of the granted time has passed. `contact` is the whole value without an
// "expires" parameter. Nothing is sent yet. Reply: `registration`.
//
// With `event`, the value of Event, it is a publication (RFC 3903), which is kept in the same way,
// and has no contact: what is said of REGISTER below holds for PUBLISH.
struct CreateRegistration {
  static constexpr char kName[] = "createRegistration";
  CoreHandle core{};
  std::string_view registrar;  // the Request-URI
  std::string_view from;       // with a tag
  std::string_view to;
  std::string_view call_id;
  std::string_view contact;
  std::string_view event;
  uint32_t expires = 600;         // seconds
  uint32_t refresh_percent = 99;  // 50 to 99
  HeaderLines headers;
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("core", core);
    field("registrar", registrar);
    field("from", from);
    field("to", to);
    field("callId", call_id);
    field("contact", contact);
    field("event", event);
    field("expires", expires);
    field("refreshPercent", refresh_percent);
    field("headers", headers);
  }
};

// Sends a REGISTER now. `headers` replace those given before, also for refreshes from then on, if
// there are any. FailedPrecondition while another REGISTER is under way (RFC 3261 section 10.2:
// "UAs MUST NOT send a new registration ... until they have received a final response"). Reply:
// `client`.
//
// A PUBLISH waits for that response, and so does the removal of what is published: the last one
// ordered is sent then, and the reply has no handle. The body is what is published from then on.
struct Register {
  static constexpr char kName[] = "register";
  RegistrationHandle registration{};
  HeaderLines headers;
  std::string_view body;
  std::string_view content_type;
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("registration", registration);
    field("headers", headers);
    field("body", body);
    field("contentType", content_type);
  }
};

// RFC 3261 section 10.2.2: removes the binding, or with `all` every binding of the address of
// record ("Contact: *"). Reply: `client`.
struct Unregister {
  static constexpr char kName[] = "unregister";
  RegistrationHandle registration{};
  bool all = false;
  HeaderLines headers;
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("registration", registration);
    field("all", all);
    field("headers", headers);
  }
};

// Forgets the registration without a word to the registrar.
struct DisposeRegistration {
  static constexpr char kName[] = "disposeRegistration";
  RegistrationHandle registration{};
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("registration", registration);
  }
};

}  // namespace sip

#endif  // SIPWASM_SRC_USER_AGENTS_REGISTRATION_COMMANDS_H_
