#include "stack/stack.h"

#include <algorithm>
#include <utility>

namespace sip {
Stack::Stack(Entropy entropy) : entropy_(std::move(entropy)) {}

Context Stack::Enter(Time now) {
  now_ = std::max(now_, now);
  return Context{.now = now_, .entropy = entropy_, .handles = handles_};
}

void Stack::Leave(CoreHandle core) {
  const CoreScope* found = cores_.Find(core);
  deadlines_.Set(core, found == nullptr ? InfiniteFuture() : DeadlineOf(*found));
}

uint32_t Stack::Receive(CoreHandle core, std::string_view text, Time now) {
  Context context = Enter(now);
  const uint32_t serial = ++serial_;
  CoreScope* found = cores_.Find(core);
  if (found == nullptr) {
    Discarded discarded = {.core = core, .reason = "There is no such core."};
    events_.Push(discarded);
    return serial;
  }
  Turn turn{*found, context, events_, owners_};
  sip::Receive(turn, text, serial);
  Leave(core);
  return serial;
}

Status Stack::Create(CommandReader& reader, Reply& reply) {
  CreateCore command;
  reader.Word();
  reader.Read(kFields<CreateCore>.data(), &command);
  if (Status status = reader.Finish(); !status.ok()) return status;
  const CoreHandle handle = handles_.Next<CoreHandle>();
  CoreScope& core = cores_.Add(handle, std::make_unique<CoreScope>(entropy_.TableSecret()));
  core.handle = handle;
  Configure(core, command.configuration);
  reply.handle = static_cast<uint32_t>(handle);
  owners_.Set(reply.handle, handle);
  return OkStatus();
}

Status Stack::Perform(const WireView& command, Time now, Reply& reply) {
  Context context = Enter(now);
  CommandReader reader(command);
  if (reader.Peek(0) == kTag<CreateCore, Command>) return Create(reader, reply);
  // Every other command begins with the handle of what it is for.
  const CoreHandle core = owners_.Find(reader.Peek(1)).value_or(CoreHandle{});
  CoreScope* found = cores_.Find(core);
  if (found == nullptr) return NotFoundError("no such handle, or it has ended");
  Turn turn{*found, context, events_, owners_};
  Status status = PerformCommand(turn, reader, reply);
  if (found->disposed) cores_.Erase(core);
  Leave(core);
  return status;
}

void Stack::Advance(Time now) {
  Context context = Enter(now);
  while (const auto core = deadlines_.PopDue(context.now)) {
    CoreScope* found = cores_.Find(*core);
    if (found == nullptr) continue;
    Turn turn{*found, context, events_, owners_};
    sip::Advance(turn);
    Leave(*core);
  }
}

}  // namespace sip
