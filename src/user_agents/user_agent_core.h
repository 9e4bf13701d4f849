#ifndef SIPWASM_SRC_USER_AGENTS_USER_AGENT_CORE_H_
#define SIPWASM_SRC_USER_AGENTS_USER_AGENT_CORE_H_

#include <cstdint>
#include <string_view>

#include "base/status.h"
#include "base/time.h"
#include "user_agents/command.h"
#include "user_agents/core_scope.h"

// RFC 3261 section 8: one user agent core. It routes each message, command and wake-up to exactly
// one of the chapters beside it, and does nothing else.
namespace sip {

// The configuration of a core, from its beginning on.
void Configure(CoreScope& core, const CoreConfiguration& configuration);

// What came in on the transport. `serial` is the message's number at the door.
void Receive(Turn& turn, std::string_view text, uint32_t serial);

// A command for this core or for something in it.
Status PerformCommand(Turn& turn, CommandReader& reader, Reply& reply);

// Everything whose time has come.
void Advance(Turn& turn);
Time DeadlineOf(const CoreScope& core);

}  // namespace sip

#endif  // SIPWASM_SRC_USER_AGENTS_USER_AGENT_CORE_H_
