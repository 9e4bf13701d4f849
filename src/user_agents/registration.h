#ifndef SIPWASM_SRC_USER_AGENTS_REGISTRATION_H_
#define SIPWASM_SRC_USER_AGENTS_REGISTRATION_H_

#include <cstdint>
#include <optional>

#include "base/handles.h"
#include "base/status.h"
#include "base/string.h"
#include "base/time.h"
#include "user_agents/command.h"
#include "user_agents/event.h"
#include "user_agents/user_agent_client.h"
#include "user_agents/wire.h"

// RFC 3261 section 10: a binding of our contact to an address of record, kept alive. RFC 3903:
// event state that we have published, which is kept alive in the same way.
//
//   kUnregistered --2xx--> kRegistered --refresh_percent of the time granted--> REGISTER again
//         ^                     |
//         +--- refused, timed out, connection lost, unregistered, or its time is up
namespace sip {

struct Turn;

struct Registration {
  Registration(RegistrationHandle handle, const CreateRegistration& command)
      : handle(handle), options(command), expires(command.expires), headers(command.headers.text) {}

  RegistrationHandle handle;
  Kept<CreateRegistration> options;  // as ordered
  uint32_t expires;                  // to ask for, which rises to what a 423 demands
  String headers;                    // of every REGISTER; the last that were ordered
  uint32_t cseq = 0;                 // of the last REGISTER

  // RFC 3261 section 10.2: "UAs MUST NOT send a new registration (that is, containing new Contact
  // header field values, as opposed to a retransmission) until they have received a final
  // response".
  std::optional<ClientHandle> in_progress;
  bool removing = false;        // what is in progress removes the binding
  bool raised_expires = false;  // a 423 has been answered once already
  Challenges challenges;        // that the registrar has taken our answers to

  // Of a publication. RFC 3903 section 4.3: "The EPA MUST store this entity-tag, replacing any
  // existing entity-tag for the refreshed event state."
  String entity_tag;
  String content;
  String content_type;
  bool waits = false;      // something is to be sent once what is in progress is answered
  bool modified = false;   // which has a body: it was ordered, and not for a refresh
  bool to_remove = false;  // or: it removes the publication

  bool publishes() const { return !options->event.empty(); }

  RegistrationState state = RegistrationState::kUnregistered;
  Time refresh_at = InfiniteFuture();
  Time expires_at = InfiniteFuture();

  Time deadline() const { return refresh_at < expires_at ? refresh_at : expires_at; }
};

Status Perform(Turn& turn, const CreateRegistration& command, Reply& reply);
Status Perform(Turn& turn, const Register& command, Reply& reply);
Status Perform(Turn& turn, const Unregister& command, Reply& reply);
Status Perform(Turn& turn, const DisposeRegistration& command, Reply& reply);

// A response to a REGISTER of a registration.
void ReceiveRegisterResponse(Turn& turn, UserAgentClient& client, const Message& response,
                             bool local);

// Refreshes, or notices that the binding has expired.
void AdvanceRegistration(Turn& turn, RegistrationHandle registration);

void DisposeRegistrationNow(Turn& turn, RegistrationHandle registration);

}  // namespace sip

#endif  // SIPWASM_SRC_USER_AGENTS_REGISTRATION_H_
