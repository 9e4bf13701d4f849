#include "stack/stack.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "base/overload.h"
#include "base/str_cat.h"
#include "grammar/scanner.h"

namespace sip {
namespace {

// Looks for the text of a command that would end a header line of ours and begin one of somebody
// else's. A body may hold what it wants: Content-Length says where it ends.
class BreakFinder {
 public:
  const char* found = nullptr;

  void operator()(const char* name, const std::string& value) {
    if (HasControlBreak(value) && std::string_view(name) != "body") found = name;
  }
  void operator()(const char* name, const std::vector<std::string>& list) {
    for (const std::string& value : list) (*this)(name, value);
  }
  template <typename Other>
  void operator()(const char*, const Other&) {}
};

const char* FindBreak(const Command& command) {
  BreakFinder finder;
  // Fields() is not const, as it also serves reading; nothing is changed here.
  Visit([&](const auto& each) { const_cast<std::decay_t<decltype(each)>&>(each).Fields(finder); },
        command);
  return finder.found;
}

}  // namespace

Stack::Stack(Entropy entropy) : entropy_(std::move(entropy)) {}

Context Stack::Enter(Time now) {
  now_ = std::max(now_, now);
  return Context{.now = now_, .entropy = entropy_, .handles = handles_};
}

void Stack::Leave(CoreHandle core) {
  UserAgentCore* found = cores_.Find(core);
  deadlines_.Set(core, found == nullptr ? InfiniteFuture() : found->deadline());
}

uint32_t Stack::Receive(CoreHandle core, std::string_view text, Time now) {
  Context context = Enter(now);
  const uint32_t serial = ++serial_;
  UserAgentCore* found = cores_.Find(core);
  if (found == nullptr) {
    Discarded discarded = {.core = core, .reason = "There is no such core."};
    events_.Push(discarded);
    return serial;
  }
  found->Receive(text, serial, context, events_, owners_);
  Leave(core);
  return serial;
}

CoreHandle Stack::CoreOf(const Command& command) {
  uint32_t handle = 0;
  Visit(Overload{
            [](const CreateCore&) {},
            [&](const FormatRequest& order) { handle = static_cast<uint32_t>(order.request.core); },
            [&](const SendInDialog& order) { handle = static_cast<uint32_t>(order.dialog); },
            [&](const Acknowledge& order) { handle = static_cast<uint32_t>(order.client); },
            [&](const Cancel& order) { handle = static_cast<uint32_t>(order.client); },
            [&](const Respond& order) { handle = static_cast<uint32_t>(order.server); },
            [&](const NotifyReferrer& order) { handle = static_cast<uint32_t>(order.server); },
            [&](const DisposeDialog& order) { handle = static_cast<uint32_t>(order.dialog); },
            [&](const DisposeClient& order) { handle = static_cast<uint32_t>(order.client); },
            [&](const Register& order) { handle = static_cast<uint32_t>(order.registration); },
            [&](const Unregister& order) { handle = static_cast<uint32_t>(order.registration); },
            [&](const DisposeRegistration& order) {
              handle = static_cast<uint32_t>(order.registration);
            },
            [&](const auto& order) { handle = static_cast<uint32_t>(order.core); }},
        command);
  return owners_.Find(handle).value_or(CoreHandle{});
}

StatusOr<Reply> Stack::Perform(const Command& command, Time now) {
  if (const char* name = FindBreak(command)) {
    return InvalidArgumentError("There is a line break in ", name);
  }
  Context context = Enter(now);
  if (const auto* create = std::get_if<CreateCore>(&command)) {
    const CoreHandle core = handles_.Next<CoreHandle>();
    owners_.Set(static_cast<uint32_t>(core), core);
    cores_.Add(core, std::make_unique<UserAgentCore>(core, create->configuration, entropy_));
    return Reply{.handle = static_cast<uint32_t>(core)};
  }
  const CoreHandle core = CoreOf(command);
  UserAgentCore* found = cores_.Find(core);
  if (found == nullptr) return NotFoundError("no such handle, or it has ended");
  if (std::holds_alternative<DisposeCore>(command)) {
    found->Dispose(context, events_, owners_);
    cores_.Erase(core);
    Leave(core);
    return Reply{};
  }
  StatusOr<Reply> reply = found->Perform(command, context, events_, owners_);
  Leave(core);
  return reply;
}

void Stack::Advance(Time now) {
  Context context = Enter(now);
  while (const auto core = deadlines_.PopDue(context.now)) {
    UserAgentCore* found = cores_.Find(*core);
    if (found == nullptr) continue;
    found->Advance(context, events_, owners_);
    Leave(*core);
  }
}

}  // namespace sip
