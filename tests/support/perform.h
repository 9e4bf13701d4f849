#ifndef SIPWASM_TESTS_SUPPORT_PERFORM_H_
#define SIPWASM_TESTS_SUPPORT_PERFORM_H_

#include <cstddef>

#include "base/status.h"
#include "base/time.h"
#include "stack/stack.h"
#include "user_agents/command.h"
#include "user_agents/wire.h"

namespace sip {

// A command as js/engine/codec.ts writes it.
Wire WriteCommand(const Command& command);

// Has a stack perform a command.
StatusOr<Reply> Perform(Stack& stack, const Command& command, Time now);

}  // namespace sip

#endif  // SIPWASM_TESTS_SUPPORT_PERFORM_H_
