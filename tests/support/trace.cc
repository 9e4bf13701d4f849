#include "tests/support/trace.h"

#include "tests/support/json_wire.h"

namespace sip {
namespace {

int64_t Millis(Time at) { return static_cast<int64_t>(ToUnixMillis(at)); }

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

}  // namespace sip
