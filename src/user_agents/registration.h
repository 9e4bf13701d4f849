#ifndef SIPWASM_SRC_USER_AGENTS_REGISTRATION_H_
#define SIPWASM_SRC_USER_AGENTS_REGISTRATION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/handles.h"
#include "base/status.h"
#include "base/time.h"
#include "user_agents/command.h"
#include "user_agents/event.h"

// RFC 3261 section 10: a binding of our contact to an address of record, kept alive.
//
//   kUnregistered --2xx--> kRegistered --refresh_percent of the time granted--> REGISTER again
//         ^                     |
//         +--- refused, timed out, connection lost, unregistered, or its time is up
namespace sip {

struct Turn;
struct UserAgentClient;

struct Registration {
  RegistrationHandle handle{};
  CreateRegistration options;  // as ordered; `expires` rises to what a 423 demands
  uint32_t cseq = 0;           // of the last REGISTER

  // RFC 3261 section 10.2: "UAs MUST NOT send a new registration (that is, containing new Contact
  // header field values, as opposed to a retransmission) until they have received a final
  // response".
  std::optional<ClientHandle> in_progress;
  bool removing = false;        // what is in progress removes the binding
  bool raised_expires = false;  // a 423 has been answered once already

  RegistrationState state = RegistrationState::kUnregistered;
  Time refresh_at = InfiniteFuture();
  Time expires_at = InfiniteFuture();

  Time deadline() const { return refresh_at < expires_at ? refresh_at : expires_at; }
};

StatusOr<Reply> PerformCreateRegistration(Turn& turn, const CreateRegistration& command);
StatusOr<Reply> PerformRegister(Turn& turn, const Register& command);
StatusOr<Reply> PerformUnregister(Turn& turn, const Unregister& command);

// A response to a REGISTER of a registration.
void ReceiveRegisterResponse(Turn& turn, UserAgentClient& client, const Message& response,
                             bool local);

// Refreshes, or notices that the binding has expired.
void AdvanceRegistration(Turn& turn, RegistrationHandle registration);

void DisposeRegistrationNow(Turn& turn, RegistrationHandle registration);

}  // namespace sip

#endif  // SIPWASM_SRC_USER_AGENTS_REGISTRATION_H_
