#ifndef SIPWASM_SRC_STACK_STACK_H_
#define SIPWASM_SRC_STACK_STACK_H_

#include <cstdint>
#include <string_view>

#include "base/deadline_queue.h"
#include "base/entropy.h"
#include "base/handle_map.h"
#include "base/handles.h"
#include "base/status.h"
#include "base/string.h"
#include "base/time.h"
#include "user_agents/command.h"
#include "user_agents/user_agent_core.h"
#include "user_agents/wire.h"

namespace sip {

// All cores of a page, one queue of events, one clock value. Sans I/O: in go bytes, commands and
// the time; out come events and the next deadline. The caller of an entry drains `Poll` when it
// returns and then reads `deadline`.
class Stack {
 public:
  explicit Stack(Entropy entropy);

  // What came in for a core: one SIP message, or a keep-alive. Returns the message's serial number,
  // which events that bring the message carry.
  uint32_t Receive(CoreHandle core, std::string_view text, Time now);

  // NotFound for a handle that is unknown or has ended, FailedPrecondition for a command in the
  // wrong state, InvalidArgument for a value that cannot be sent. Nothing has happened then.
  Status Perform(const WireView& command, Time now, Reply& reply);

  void Advance(Time now);

  // The oldest event that was not polled yet, good until the next call; no words if there is none.
  WireView Poll() { return events_.Pop(); }

  Time deadline() const { return deadlines_.Next(); }

  size_t handle_count() const { return owners_.size(); }

 private:
  // Time that goes backwards counts as the last one.
  Context Enter(Time now);
  void Leave(CoreHandle core);
  Status Create(CommandReader& reader, Reply& reply);

  Entropy entropy_;
  HandleSource handles_;
  Time now_ = InfinitePast();
  EventQueue events_;
  HandleOwners owners_;
  HandleMap<CoreHandle, CoreScope> cores_;
  DeadlineQueue<CoreHandle> deadlines_;
  uint32_t serial_ = 0;
};

}  // namespace sip

#endif  // SIPWASM_SRC_STACK_STACK_H_
