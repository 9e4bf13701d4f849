#include "tests/support/trace.h"

#include <optional>

#include "stack/stack.h"
#include "tests/support/event_reader.h"
#include "tests/support/json_wire.h"
#include "tests/support/perform.h"

namespace sip {
namespace {

int64_t Millis(Time at) { return static_cast<int64_t>(ToUnixMillis(at)); }

void Feed(const Json& line, Time at, Stack& stack, Trace& trace) {
  EventReader reader;
  if (line.contains("perform")) {
    const std::optional<Command> command = ReadCommandJson(line["perform"]);
    if (!command.has_value()) return;
    trace.Performed(at, *command, Perform(stack, *command, at));
  } else if (line.contains("receive")) {
    const auto core = static_cast<CoreHandle>(line.value("core", 0U));
    const auto text = line["receive"].get<std::string>();
    trace.Received(at, core, text);
    reader.Received(stack.Receive(core, text, at), text);
  } else if (line.contains("advance")) {
    trace.Advanced(at);
    stack.Advance(at);
  } else {
    return;
  }
  while (const auto event = reader.Poll(stack)) trace.Told(*event);
  trace.Settled(stack.deadline());
}

}  // namespace

Trace::Trace(std::string_view seed) { lines_.push_back(Line({{"seed", std::string(seed)}})); }

void Trace::Performed(Time at, const Command& command, const StatusOr<Reply>& reply) {
  Json line = {{"at", Millis(at)}, {"perform", ToJson(command)}};
  if (reply.ok()) {
    line["reply"] = ToJson(*reply);
  } else {
    line["error"] = static_cast<int>(reply.status().code());
  }
  lines_.push_back(Line(line));
}

void Trace::Received(Time at, CoreHandle core, std::string_view text) {
  lines_.push_back(Line(
      {{"at", Millis(at)}, {"receive", std::string(text)}, {"core", static_cast<uint32_t>(core)}}));
}

void Trace::Advanced(Time at) { lines_.push_back(Line({{"at", Millis(at)}, {"advance", true}})); }

void Trace::Told(const Event& event) { lines_.push_back(Line({{"event", ToJson(event)}})); }

void Trace::Settled(Time deadline) {
  if (deadline == deadline_) return;
  deadline_ = deadline;
  Json line = {{"deadline", nullptr}};
  if (deadline != InfiniteFuture()) line["deadline"] = Millis(deadline);
  lines_.push_back(Line(line));
}

std::string Trace::Text() const {
  std::string text;
  for (const std::string& line : lines_) text.append(line).append("\n");
  return text;
}

Trace Rerun(const std::vector<std::string>& lines) {
  std::string seed;
  if (!lines.empty()) {
    const std::optional<Json> first = ReadJson(lines.front());
    if (first.has_value()) seed = first->value("seed", "");
  }
  Stack stack{Entropy(seed)};
  Trace trace(seed);
  for (const std::string& line : lines) {
    const std::optional<Json> json = ReadJson(line);
    if (!json.has_value() || !json->is_object() || !json->contains("at")) continue;
    Feed(*json, FromUnixMillis((*json)["at"].get<int64_t>()), stack, trace);
  }
  return trace;
}

}  // namespace sip
