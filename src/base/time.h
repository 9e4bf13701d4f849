#ifndef SIPWASM_SRC_BASE_TIME_H_
#define SIPWASM_SRC_BASE_TIME_H_

#include <cstdint>
#include <limits>

// Points in time and lengths of time, in milliseconds as JavaScript counts them: a `double`, so
// that "never" is a number like any other and arithmetic with it stays where it is. The names are
// Abseil's, whose own types keep quarters of nanoseconds in 12 octets: in the module that costs
// more than the timers of all transactions.
namespace sip {

class Duration {
 public:
  constexpr Duration() = default;
  constexpr explicit Duration(double milliseconds) : milliseconds_(milliseconds) {}
  constexpr double milliseconds() const { return milliseconds_; }

 private:
  double milliseconds_ = 0;
};

constexpr Duration Milliseconds(double count) { return Duration(count); }
constexpr Duration Seconds(double count) { return Duration(count * 1000); }
constexpr Duration Minutes(double count) { return Duration(count * 60'000); }
constexpr Duration Hours(double count) { return Duration(count * 3'600'000); }
constexpr Duration ZeroDuration() { return Duration(0); }
constexpr Duration InfiniteDuration() { return Duration(std::numeric_limits<double>::infinity()); }

// Of a finite one, rounded towards zero.
constexpr int64_t ToInt64Milliseconds(Duration d) { return static_cast<int64_t>(d.milliseconds()); }
constexpr int64_t ToInt64Seconds(Duration d) {
  return static_cast<int64_t>(d.milliseconds() / 1000);
}

constexpr bool operator==(Duration a, Duration b) { return a.milliseconds() == b.milliseconds(); }
constexpr bool operator<(Duration a, Duration b) { return a.milliseconds() < b.milliseconds(); }
constexpr bool operator>(Duration a, Duration b) { return b < a; }
constexpr bool operator<=(Duration a, Duration b) { return a.milliseconds() <= b.milliseconds(); }
constexpr bool operator>=(Duration a, Duration b) { return b <= a; }
constexpr Duration operator+(Duration a, Duration b) {
  return Duration(a.milliseconds() + b.milliseconds());
}
constexpr Duration operator-(Duration a, Duration b) {
  return Duration(a.milliseconds() - b.milliseconds());
}
constexpr Duration operator*(double factor, Duration d) {
  return Duration(factor * d.milliseconds());
}

class Time {
 public:
  constexpr Time() = default;  // the Unix epoch
  constexpr explicit Time(Duration since_epoch) : since_epoch_(since_epoch) {}
  constexpr Duration since_epoch() const { return since_epoch_; }
  constexpr Time& operator+=(Duration d) {
    since_epoch_ = since_epoch_ + d;
    return *this;
  }

 private:
  Duration since_epoch_;
};

constexpr Time UnixEpoch() { return Time(); }
constexpr Time InfiniteFuture() { return Time(InfiniteDuration()); }
constexpr Time InfinitePast() { return Time(-1 * InfiniteDuration()); }
constexpr Time FromUnixMillis(double count) { return Time(Milliseconds(count)); }
constexpr Time FromUnixSeconds(double count) { return Time(Seconds(count)); }
constexpr double ToUnixMillis(Time t) { return t.since_epoch().milliseconds(); }

constexpr bool operator==(Time a, Time b) { return a.since_epoch() == b.since_epoch(); }
constexpr bool operator<(Time a, Time b) { return a.since_epoch() < b.since_epoch(); }
constexpr bool operator>(Time a, Time b) { return b < a; }
constexpr bool operator<=(Time a, Time b) { return a.since_epoch() <= b.since_epoch(); }
constexpr bool operator>=(Time a, Time b) { return b <= a; }
constexpr Time operator+(Time t, Duration d) { return Time(t.since_epoch() + d); }
constexpr Time operator-(Time t, Duration d) { return Time(t.since_epoch() - d); }
constexpr Duration operator-(Time a, Time b) { return a.since_epoch() - b.since_epoch(); }

}  // namespace sip

#endif  // SIPWASM_SRC_BASE_TIME_H_
