#ifndef SIPWASM_SRC_DIALOGS_REPEATED_RESPONSE_H_
#define SIPWASM_SRC_DIALOGS_REPEATED_RESPONSE_H_

#include <algorithm>
#include <utility>

#include "base/string.h"
#include "base/time.h"
#include "transactions/timers.h"

namespace sip {

// A response of ours that goes out again until the peer acknowledges it: a 2xx until its ACK (RFC
// 3261 section 13.3.1.4), a reliable provisional one until its PRACK (RFC 3262 section 3). Both
// begin with T1, double it and give up after 64*T1; the 2xx does not go beyond T2.
class RepeatedResponse {
 public:
  RepeatedResponse(String text, Duration longest, Time now)
      : text_(std::move(text)),
        longest_(longest),
        repeat_(Retransmission::Start(/*reliable=*/false, now)),
        give_up_at_(now + k64T1) {}

  const String& text() const { return text_; }
  Time deadline() const { return std::min(repeat_.at, give_up_at_); }
  bool over(Time now) const { return now >= give_up_at_; }

  // True if the response is to go out again now.
  bool Advance(Time now) {
    if (!repeat_.IsDue(now)) return false;
    repeat_.Restart(now, longest_);
    return true;
  }

 private:
  String text_;
  Duration longest_;
  Retransmission repeat_;
  Time give_up_at_;
};

}  // namespace sip

#endif  // SIPWASM_SRC_DIALOGS_REPEATED_RESPONSE_H_
