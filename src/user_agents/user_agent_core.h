#ifndef SIPWASM_SRC_USER_AGENTS_USER_AGENT_CORE_H_
#define SIPWASM_SRC_USER_AGENTS_USER_AGENT_CORE_H_

#include <string_view>

#include "base/status.h"
#include "base/time.h"
#include "user_agents/command.h"
#include "user_agents/core_scope.h"

namespace sip {

// RFC 3261 section 8: one user agent core. It routes each message, command and wake-up to exactly
// one of the chapters beside it, and does nothing else.
class UserAgentCore {
 public:
  UserAgentCore(CoreHandle handle, CoreConfiguration configuration, const Entropy& entropy);

  // What came in on the transport. `serial` is the message's number at the door.
  void Receive(std::string_view text, uint32_t serial, Context& context, EventQueue& events,
               HandleOwners& owners);

  // A command for this core or for something in it.
  StatusOr<Reply> Perform(const Command& command, Context& context, EventQueue& events,
                          HandleOwners& owners);

  // Everything whose time has come.
  void Advance(Context& context, EventQueue& events, HandleOwners& owners);
  Time deadline() const;

  // Ends all there is, and says so handle by handle.
  void Dispose(Context& context, EventQueue& events, HandleOwners& owners);

 private:
  CoreScope scope_;
};

}  // namespace sip

#endif  // SIPWASM_SRC_USER_AGENTS_USER_AGENT_CORE_H_
