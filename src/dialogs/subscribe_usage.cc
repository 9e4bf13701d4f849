#include "dialogs/subscribe_usage.h"

#include <algorithm>

#include "base/str_cat.h"
#include "grammar/scanner.h"
#include "transactions/timers.h"

namespace sip {
namespace {

// RFC 6665 section 4.1.2.4: "a subscriber starts a Timer N, set to 64*T1": how long it waits for
// the first NOTIFY.
constexpr Duration kTimerN = k64T1;

// How long a notifier keeps a reference going. RFC 3515 section 2.4.4 leaves the duration to it;
// the reference is a call that has to be answered by then.
constexpr Duration kReferExpires = Seconds(180);

// A peer may ask for more; what outlives its dialog must end some time.
constexpr uint32_t kMaxExpires = 24 * 3600;

}  // namespace

SubscribeUsage::SubscribeUsage(Role role, uint32_t id, Time now)
    : role_(role), id_(id), ends_at_(now + (role == Role::kNotifier ? kReferExpires : kTimerN)) {}

bool SubscribeUsage::Matches(const Message& notify) const {
  if (role_ != Role::kSubscriber) return false;
  const auto event = notify.GetToken(HeaderId::kEvent);
  if (!event.has_value() || !EqualsIgnoreCase(event->token, "refer")) return false;
  const auto id = event->parameters.Get("id");
  return !id.has_value() || ReadNumber(*id) == id_;
}

bool SubscribeUsage::ReceiveNotify(const Message& notify, Time now) {
  const auto state = notify.GetToken(HeaderId::kSubscriptionState);
  // RFC 6665 section 4.1.3: "If the "Subscription-State" value is "terminated", the subscriber
  // MUST consider the subscription terminated." A NOTIFY without one breaks the rules; a
  // subscription that such a peer keeps ends with the dialog or its time.
  if (state.has_value() && EqualsIgnoreCase(state->token, "terminated")) return true;
  uint32_t expires = static_cast<uint32_t>(ToInt64Seconds(kReferExpires));
  if (state.has_value()) {
    if (const auto value = state->parameters.Get("expires")) {
      expires = std::min(ReadNumber(*value).value_or(expires), kMaxExpires);
    }
  }
  ends_at_ = now + Seconds(expires) + kTimerN;
  return false;
}

String SubscribeUsage::NotifyLines(bool final, Time now) const {
  String lines = StrCat("Event: refer;id=", id_, "\r\nSubscription-State: ");
  // RFC 3515 section 2.4.7: "the subscription has been "terminated" with a reason of "noresource"".
  if (final) {
    StrAppend(&lines, "terminated;reason=noresource\r\n");
  } else {
    const int64_t left = std::max<int64_t>(ToInt64Seconds(ends_at_ - now), 0);
    StrAppend(&lines, "active;expires=", left, "\r\n");
  }
  return lines;
}

}  // namespace sip
