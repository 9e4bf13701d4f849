#ifndef SIPWASM_TESTS_UNIT_TRANSACTIONS_MACHINES_H_
#define SIPWASM_TESTS_UNIT_TRANSACTIONS_MACHINES_H_

#include <string>
#include <vector>

#include "base/str_cat.h"
#include "base/time.h"
#include "transactions/outcome.h"

// What the tests of the transactions share: outcomes as text, and a clock that only moves to where
// somebody wants to be woken.
namespace sip {

inline Time Start() { return UnixEpoch() + Hours(1000); }
inline Time At(int64_t milliseconds) { return Start() + Milliseconds(milliseconds); }

// "send INVITE", "up", "timed out", "failed", "ended", joined by ", "; "#7" behind those of
// transaction 7 of a table. A text that is sent is shown up to its first space.
inline std::string Text(const TransactionOutcome& outcome) {
  using enum TransactionOutcome::Part;
  const std::string who =
      IsSet(outcome.transaction) ? StrCat("#", static_cast<uint32_t>(outcome.transaction)) : "";
  std::vector<std::string> parts;
  if (outcome.Has(kTransmit)) {
    parts.push_back("send " + outcome.text.substr(0, outcome.text.find(' ')));
  }
  if (outcome.Has(kPassUp)) parts.push_back("up" + who);
  if (outcome.Has(kTimedOut)) parts.push_back("timed out" + who);
  if (outcome.Has(kTransportFailed)) parts.push_back("failed" + who);
  if (outcome.Has(kEnded)) parts.push_back("ended" + who);
  return StrJoin(parts, ", ");
}

using TransactionOutcomes = std::vector<TransactionOutcome>;

inline std::string Text(const TransactionOutcomes& outcomes) {
  std::vector<std::string> texts;
  for (const TransactionOutcome& outcome : outcomes) texts.push_back(Text(outcome));
  return StrJoin(texts, ", ");
}

// Wakes a machine whenever it wants to be woken, until it wants nothing more or `until` has come,
// and says what it did at which millisecond: "500 send INVITE".
template <typename Machine>
std::vector<std::string> Schedule(Machine& machine, Time until = InfiniteFuture()) {
  std::vector<std::string> log;
  while (machine.deadline() != InfiniteFuture() && machine.deadline() <= until) {
    const Time now = machine.deadline();
    log.push_back(StrCat(ToInt64Milliseconds(now - Start()), " ", Text(machine.Advance(now))));
  }
  return log;
}

// The name of the state a machine is in, out of those that it has.
template <typename... States, typename Machine>
std::string NameOfState(const Machine& machine, std::initializer_list<const char*> names) {
  std::string found;
  auto name = names.begin();
  ((machine.template Is<States>() ? found = *name++ : *name++), ...);
  return found;
}

}  // namespace sip

#endif  // SIPWASM_TESTS_UNIT_TRANSACTIONS_MACHINES_H_
