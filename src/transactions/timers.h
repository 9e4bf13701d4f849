#ifndef SIPWASM_SRC_TRANSACTIONS_TIMERS_H_
#define SIPWASM_SRC_TRANSACTIONS_TIMERS_H_

#include <algorithm>

#include "base/time.h"

// RFC 3261 table 4 and section 17, RFC 6026 section 8.11: the timers of the transactions. A timer
// of zero seconds (D, I, J and K on a reliable transport) is a deadline that has come at once: it
// fires at the next wake-up, so that whoever handles a final response still finds the transaction.
namespace sip {

inline constexpr Duration kT1 = Milliseconds(500);  // estimate of the round-trip time
inline constexpr Duration kT2 = Seconds(4);         // longest interval of retransmissions
inline constexpr Duration kT4 = Seconds(5);         // a message's longest life in the network

// 64*T1: B and F (a client gives up), H (no ACK came), L and M (RFC 6026: Accepted is over), and J
// on an unreliable transport.
inline constexpr Duration k64T1 = Seconds(32);

// Timer D, "at least 32 seconds for unreliable transports, and a value of zero seconds for reliable
// transports".
constexpr Duration TimerD(bool reliable) { return reliable ? ZeroDuration() : Seconds(32); }

// Timers I and K: T4 for unreliable transports, zero for reliable ones.
constexpr Duration TimerI(bool reliable) { return reliable ? ZeroDuration() : kT4; }
constexpr Duration TimerK(bool reliable) { return reliable ? ZeroDuration() : kT4; }

// Timer J: 64*T1 for unreliable transports, zero for reliable ones.
constexpr Duration TimerJ(bool reliable) { return reliable ? ZeroDuration() : k64T1; }

// RFC 3261 section 17.2.1: an INVITE gets its 100 unless the TU answers "within 200 ms".
inline constexpr Duration kInviteTrying = Milliseconds(200);

// RFC 3261 section 13.3.1.1: how often a provisional response is sent again.
inline constexpr Duration kExtension = Seconds(60);

// RFC 4320 section 4.1: any other request gets its 100 after "the amount of time it takes a client
// transaction's Timer E to be reset to T2": after 0.5 s, 1 s and 2 s.
inline constexpr Duration kNonInviteTrying = Milliseconds(3500);

// Timers A, E and G: when to send once more, and how long to wait after that. There are none on a
// reliable transport.
struct Retransmission {
  static Retransmission Start(bool reliable, Time now) {
    return {reliable ? InfiniteFuture() : now + kT1, kT1};
  }

  bool IsDue(Time now) const { return at <= now; }

  // The next interval is twice the last one, but not above `cap`. It counts from now, not from when
  // the timer should have fired: after a long sleep there is nothing to catch up on.
  void Restart(Time now, Duration cap = InfiniteDuration()) {
    interval = std::min(interval + interval, cap);
    at = now + interval;
  }

  Time at = InfiniteFuture();
  Duration interval;
};

}  // namespace sip

#endif  // SIPWASM_SRC_TRANSACTIONS_TIMERS_H_
