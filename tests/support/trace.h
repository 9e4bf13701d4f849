#ifndef SIPWASM_TESTS_SUPPORT_TRACE_H_
#define SIPWASM_TESTS_SUPPORT_TRACE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "base/time.h"
#include "user_agents/command.h"
#include "user_agents/event.h"

namespace sip {

// A session of a Stack as JSON lines: what went in, each followed by what came out.
//
//   {"seed":"..."}                                         first line: the Stack's randomness
//   {"at":0,"perform":{"type":...},"reply":{...}}          or "error": a StatusCode
//   {"at":0,"receive":"INVITE sip:...","core":1}
//   {"at":500,"advance":true}
//   {"event":{"type":...}}
//   {"deadline":32000}                                     after the events, if it has changed
//
// "at" and "deadline" are milliseconds since the epoch; no deadline is null. What
// `userAgent.trace()` gives in JavaScript are such lines, without seed and deadlines, of messages
// in events the status and method only; see replay.h.
class Trace {
 public:
  explicit Trace(std::string_view seed);

  void Performed(Time at, const Command& command, const StatusOr<Reply>& reply);
  void Received(Time at, CoreHandle core, std::string_view text);
  void Advanced(Time at);
  void Told(const Event& event);
  void Settled(Time deadline);

  const std::vector<std::string>& lines() const { return lines_; }
  std::string Text() const;

 private:
  std::vector<std::string> lines_;
  Time deadline_ = InfiniteFuture();
};

}  // namespace sip

#endif  // SIPWASM_TESTS_SUPPORT_TRACE_H_
