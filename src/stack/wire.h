#ifndef SIPWASM_SRC_STACK_WIRE_H_
#define SIPWASM_SRC_STACK_WIRE_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "base/status.h"
#include "user_agents/command.h"
#include "user_agents/wire.h"

namespace sip {

// `words` begin with the index of the command in the variant. InvalidArgument if they are none.
Status ReadCommand(std::span<const int32_t> words, std::string_view text, Command& command);

void WriteReply(const Reply& reply, Wire& out);

}  // namespace sip

#endif  // SIPWASM_SRC_STACK_WIRE_H_
