#include "tests/support/replay.h"

#include <cmath>
#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>
#include <utility>

#include "base/str_cat.h"
#include "stack/stack.h"
#include "tests/support/alike.h"
#include "tests/support/event_reader.h"
#include "tests/support/perform.h"

namespace sip {
namespace {

bool Has(const Json& line, const char* name) { return line.contains(name); }

bool IsInput(const Json& line) {
  return Has(line, "perform") || Has(line, "receive") || Has(line, "advance");
}

// The createCore that says how a core was configured before the recording began.
bool IsHeader(const Json& line) { return Has(line, "perform") && !Has(line, "at"); }

std::string Type(const Json& each) { return each.value("type", ""); }

bool MakesCore(const Json& line) {
  return Has(line, "perform") && Type(line["perform"]) == "createCore";
}

// What is wrong with a line; "" if nothing is.
std::string Problem(const std::optional<Json>& line) {
  if (!line.has_value()) return "not JSON";
  if (!line->is_object()) return "no JSON object";
  const auto is = [&](const char* name, auto fits) {
    return !line->contains(name) || ((*line)[name].*fits)();
  };
  if (!is("at", &Json::is_number)) return "\"at\" is no number of milliseconds";
  if (!is("core", &Json::is_number_unsigned)) return "\"core\" is no handle";
  if (!is("seed", &Json::is_string)) return "\"seed\" is no text";
  if (!is("receive", &Json::is_string)) return "\"receive\" is no text";
  for (const char* name : {"perform", "event"}) {
    if (!line->contains(name)) continue;
    const Json& each = (*line)[name];
    if (!each.is_object() || !each.contains("type") || !each["type"].is_string()) {
      return StrCat("\"", name, "\" has no type");
    }
  }
  if (line->contains("perform") && !ReadCommandJson((*line)["perform"]).has_value()) {
    return StrCat("there is no such command, or a field of it is wrong: ",
                  Type((*line)["perform"]));
  }
  for (const char* name : {"seed", "perform", "receive", "advance", "event", "deadline"}) {
    if (line->contains(name)) return "";
  }
  return "neither a command, a message, time that passes, nor an event";
}

class Runner {
 public:
  Runner(std::string seed, Replay& replay) : stack_(Entropy(seed)), replay_(replay) {}

  void Run(const Json& line) {
    if (!header_.is_null() && replay_.lines.size() == 1) from_middle_ = !MakesCore(line);
    replay_.lines.push_back({.line = line});
    if (IsHeader(line)) {
      header_ = line["perform"];
    } else if (IsInput(line)) {
      Settle();
      at_ = FromUnixMillis(std::floor(line.value("at", 0.0)));
      Feed(line);
    } else if (Has(line, "event")) {
      Expect(line["event"]);
    } else if (Has(line, "deadline")) {
      CheckDeadline(line["deadline"]);
    }
  }

  void End() {
    Settle();
    for (const Json& event : waiting_) {
      // A user agent is not told of clients that are the core's own.
      if (Type(event) != "terminated") Differ(StrCat("now there is more: ", Line(event)));
    }
  }

 private:
  void Feed(const Json& line) {
    has_unknown_ = false;
    if (Has(line, "perform")) {
      Order(line);
    } else if (Has(line, "receive")) {
      const std::string text =
          likeness_.TranslatedText(line["receive"].get_ref<const std::string&>());
      const auto core = static_cast<CoreHandle>(Core(line.value("core", 0U)));
      replay_.trace.Received(at_, core, text);
      reader_.Received(stack_.Receive(core, text, at_), text);
    } else {
      replay_.trace.Advanced(at_);
      stack_.Advance(at_);
    }
  }

  void Order(const Json& line) {
    const Json& recorded = line["perform"];
    if (!Knows(recorded)) return PassOver();
    StatusOr<Reply> reply = Perform(likeness_.Translated(recorded));
    const int error = line.value("error", 0);
    if (!reply.ok()) {
      if (error == static_cast<int>(reply.status().code())) return;
      return Differ(StrCat("now it is refused: ", reply.status().message()));
    }
    if (error != 0) return Differ("now it is not refused");
    if (!Has(line, "reply")) return;
    if (!likeness_.Alike(line["reply"], ToJson(*reply))) {
      Differ(StrCat("now the reply is ", Line(ToJson(*reply))));
    }
  }

  StatusOr<Reply> Perform(const Json& json) {  // checked before
    const Command command = *ReadCommandJson(json);
    StatusOr<Reply> reply = sip::Perform(stack_, command, at_);
    replay_.trace.Performed(at_, command, reply);
    return reply;
  }

  // Whether every handle of a command is known, at least now.
  bool Knows(const Json& command) {
    for (const auto& [name, value] : command.items()) {
      if (!value.is_number_unsigned() || !IsHandle(name) || value == 0) continue;
      const auto handle = value.get<uint32_t>();
      if ((name == "core" ? Core(handle) : likeness_.Handle(handle)) == 0) return false;
    }
    return true;
  }

  // The core now, made if it was made before the recording began.
  uint32_t Core(uint32_t recorded) {
    const uint32_t known = likeness_.Handle(recorded);
    if (known != 0 || recorded == 0 || header_.is_null()) return known;
    const StatusOr<Reply> reply = Perform(header_);
    if (!reply.ok()) return 0;
    from_middle_ = true;
    likeness_.Learn(recorded, reply->handle);
    const bool connected =
        Perform({{"type", "setConnected"}, {"core", reply->handle}, {"connected", true}}).ok();
    return connected ? reply->handle : 0;
  }

  void Expect(Json recorded) {
    Drain();
    // Of a masked header field another thing may be wrong.
    if (Type(recorded) == "log") recorded.erase("text");
    for (auto each = waiting_.begin(); each != waiting_.end(); ++each) {
      if (!likeness_.Alike(recorded, *each)) continue;
      waiting_.erase(each);
      return;
    }
    if (from_middle_ && !Knows(recorded)) return PassOver();
    for (auto each = waiting_.begin(); each != waiting_.end(); ++each) {
      if (Type(*each) != Type(recorded)) continue;
      Differ(StrCat("now it is ", Line(*each)));
      waiting_.erase(each);
      return;
    }
    Differ("now it does not come");
  }

  // The line is of something that began before the recording.
  void PassOver() {
    has_unknown_ = true;
    ++replay_.unknown;
    if (!from_middle_) Differ("nothing before tells of its handle");
  }

  void Differ(std::string what) {
    replay_.same = false;
    if (replay_.lines.empty()) replay_.lines.emplace_back();
    replay_.lines.back().differences.push_back(std::move(what));
  }

  void CheckDeadline(const Json& recorded) {
    Drain();
    const Time deadline = stack_.deadline();
    const Json now = deadline == InfiniteFuture()
                         ? Json(nullptr)
                         : Json(static_cast<int64_t>(ToUnixMillis(deadline)));
    if (now != recorded && !from_middle_) Differ(StrCat("now it is ", Line(now)));
  }

  // Takes from the stack what it has to tell.
  void Drain() {
    while (const auto event = reader_.Poll(stack_)) {
      replay_.trace.Told(*event);
      waiting_.push_back(ToJson(*event));
    }
  }

  void Settle() {
    Drain();
    // What the stack says to a message of what it does not know.
    if (has_unknown_) waiting_.clear();
    replay_.trace.Settled(stack_.deadline());
  }

  Stack stack_;
  EventReader reader_;
  Replay& replay_;
  Likeness likeness_;
  Json header_;
  Time at_{};
  std::deque<Json> waiting_;
  bool from_middle_ = false;
  bool has_unknown_ = false;  // since something went in last
};

std::optional<std::string> Seed(const std::vector<std::string>& lines) {
  if (lines.empty()) return std::nullopt;
  const std::optional<Json> first = ReadJson(lines.front());
  if (!Problem(first).empty() || !Has(*first, "seed")) return std::nullopt;
  return (*first)["seed"].get<std::string>();
}

}  // namespace

Replay RunAgain(const std::vector<std::string>& lines) {
  const std::string seed = Seed(lines).value_or("replay");
  Replay replay = {.trace = Trace(seed)};
  Runner runner(seed, replay);
  for (size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].empty()) continue;
    const std::optional<Json> line = ReadJson(lines[i]);
    const std::string problem = Problem(line);
    if (problem.empty()) {
      runner.Run(*line);
    } else {
      replay.errors.push_back(StrCat("line ", i + 1, ": ", problem));
    }
  }
  runner.End();
  return replay;
}

}  // namespace sip
