#ifndef SIPWASM_SRC_DIALOGS_SUBSCRIBE_USAGE_H_
#define SIPWASM_SRC_DIALOGS_SUBSCRIBE_USAGE_H_

#include <cstdint>
#include <string_view>
#include <utility>

#include "base/string.h"
#include "base/time.h"
#include "messages/message.h"

namespace sip {

// Where a subscription stands, by SIP.js's names; kInitial where there is none.
enum class SubscriptionState : uint8_t { kInitial, kNotifyWait, kPending, kActive, kTerminated };

// In place of a time from now: never.
inline constexpr uint32_t kNever = UINT32_MAX;

// What tells subscriptions apart, of a value of Event: its type and its "id". RFC 6665 section
// 8.2.1: "No other parameters are considered when performing a comparison." "" if it is malformed.
String EventKey(std::string_view event);

// A subscription in a dialog: RFC 6665 section 4 at the subscriber, and from either side the one
// that a REFER makes implicitly (RFC 3515 section 2.4).
//
//   kNotifyWait --NOTIFY--> kPending, kActive --NOTIFY "terminated"--> kTerminated
//       |                         |
//       +-- refused, no NOTIFY within Timer N, its time is up: the usage goes without a word
class SubscribeUsage {
 public:
  enum class Role : uint8_t { kSubscriber, kReferrer, kNotifier };

  // `event` is a key as above. RFC 3515 section 2.4.6, of a REFER's: "it MUST include an id
  // parameter [...] containing the sequence number (the number from the CSeq header field value) of
  // the REFER this NOTIFY is associated with".
  SubscribeUsage(Role role, String event, Time now);

  Role role() const { return role_; }
  const String& event() const { return event_; }
  void set_event(String event) { event_ = std::move(event); }
  SubscriptionState state() const { return state_; }
  bool established() const { return state_ > SubscriptionState::kNotifyWait; }

  // As subscriber: whether a message with this value of Event is for this subscription.
  bool Matches(std::string_view event) const;

  // As subscriber: a SUBSCRIBE goes out, which asks for so many seconds.
  void Requested(uint32_t expires, Time now);

  // As subscriber: a 2xx came for it, or another response, after which a subscription that there is
  // goes on.
  void Accepted(const Message& response, Time now);
  void Refused() {
    if (established()) StopWaiting();
  }

  // As subscriber: a NOTIFY came. False, and no change, if it does not say how the subscription
  // stands.
  bool ReceiveNotify(const Message& notify, Time now);

  // It is over, or waits no longer for its NOTIFY.
  void Terminate() { state_ = SubscriptionState::kTerminated; }
  void StopWaiting() { notify_by_ = InfiniteFuture(); }

  // As notifier: the Event and Subscription-State lines of the next NOTIFY.
  String NotifyLines(bool final, Time now) const;

  // As subscriber: it is to last from now on for so many seconds, unless a 2xx or NOTIFY says
  // otherwise, and whether it is refreshed before they are over.
  void Keep(bool refresh, uint32_t expires, Time now);

  // In seconds: for how long it lasts; what a refresh asks for; when the core refreshes it, or, if
  // a NOTIFY has ended it, when to subscribe anew.
  uint32_t ExpiresIn(Time now) const;
  uint32_t initial_expires() const { return initial_expires_; }
  uint32_t AgainIn(Time now) const;

  // When something is to be done: it is refreshed, or else it is over.
  bool IsRefreshDue(Time now) const { return refresh_at() <= now; }
  bool IsOver(Time now) const { return ends_at() <= now; }
  Time deadline() const;

 private:
  void SetExpires(uint32_t expires, Time now);
  Time refresh_at() const;
  Time ends_at() const;

  Role role_;
  SubscriptionState state_;
  bool refresh_ = false;
  String event_;
  uint32_t asked_ = 0;    // seconds, by the last SUBSCRIBE; 0 by one that ends it
  uint32_t expires_ = 0;  // as they were granted last
  uint32_t initial_expires_ = 0;
  uint32_t retry_after_ = kNever;
  Time notify_by_ = InfiniteFuture();
  Time expires_at_;
  Time refresh_at_ = InfiniteFuture();
};

}  // namespace sip

#endif  // SIPWASM_SRC_DIALOGS_SUBSCRIBE_USAGE_H_
