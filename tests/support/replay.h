#ifndef SIPWASM_TESTS_SUPPORT_REPLAY_H_
#define SIPWASM_TESTS_SUPPORT_REPLAY_H_

#include <cstddef>
#include <string>
#include <vector>

#include "tests/support/json_wire.h"
#include "tests/support/trace.h"

namespace sip {

// A recorded line, and what is different now.
struct ReplayedLine {
  Json line;
  std::vector<std::string> differences;
};

// A trace that was run again, on a Stack of its own.
//
// Each recorded event is looked for among what the Stack has to tell by then; so the order is kept
// in which an application gave its orders between two events. Handles and random tokens may be
// others than recorded: what goes in afterwards is changed accordingly. An asterisk stands for
// anything, as secrets are masked by them.
//
// A trace of `userAgent.trace()` begins with a createCore without "at": how to configure a core
// that was made before the recording began. What such a core's dialogs and requests of before do is
// not to be had again; that counts as no difference.
struct Replay {
  std::vector<ReplayedLine> lines;
  // What is wrong with lines that cannot be read: "line 3: not JSON". They are passed over.
  std::vector<std::string> errors;
  // How many lines are of what began before the recording.
  size_t unknown = 0;
  bool same = true;
  // The same session as the Stack tells it now, with nothing masked or left out.
  Trace trace;
};

Replay RunAgain(const std::vector<std::string>& lines);

}  // namespace sip

#endif  // SIPWASM_TESTS_SUPPORT_REPLAY_H_
