#include "dialogs/subscribe_usage.h"

#include <algorithm>
#include <utility>

#include "base/str_cat.h"
#include "base/string.h"
#include "grammar/scanner.h"
#include "transactions/timers.h"

namespace sip {
namespace {

// RFC 6665 section 4.1.2.4: "a subscriber starts a Timer N, set to 64*T1, when it sends a SUBSCRIBE
// request": how long it waits for a NOTIFY.
constexpr Duration kTimerN = k64T1;

// How long a notifier keeps a reference going. RFC 3515 section 2.4.4 leaves the duration to it;
// the reference is a call that has to be answered by then.
constexpr uint32_t kReferExpires = 180;

// A peer may ask for more; what outlives its dialog must end some time.
constexpr uint32_t kMaxReferExpires = 24 * 3600;

// After which part of its time a subscription is refreshed, as in SIP.js.
constexpr double kRefreshAfter = 0.9;

// When to retry if the peer wants it to be later and does not say when.
constexpr uint32_t kRetryLater = 30;

// Rounded up.
uint32_t SecondsUntil(Time time, Time now) {
  return time <= now ? 0 : static_cast<uint32_t>(ToInt64Seconds(time - now + Milliseconds(999)));
}

// RFC 6665 section 4.1.3: how many seconds after a NOTIFY "terminated" one should subscribe anew.
uint32_t RetryAfter(const Parameters& state) {
  const std::string_view reason = state.Get("reason").value_or("");
  // "deactivated: [...] the subscriber SHOULD retry immediately with a new subscription." "timeout:
  // [...] Clients MAY re-subscribe immediately."
  if (reason == "deactivated" || reason == "timeout") return 0;
  // "probation: [...] the client SHOULD retry at some later time", "giveup: [...] the client SHOULD
  // wait at least the number of seconds specified by that parameter [...]; otherwise, the client
  // MAY retry immediately".
  if (reason != "probation" && reason != "giveup") return kNever;
  return ReadNumber(state.Get("retry-after").value_or("")).value_or(kRetryLater);
}

}  // namespace

String EventKey(std::string_view event) {
  const auto parsed = ParseTokenWithParameters(event);
  if (!parsed.has_value()) return "";
  const auto id = parsed->parameters.Get("id");
  return StrCat(parsed->token, id.has_value() ? ";id=" : "", id.value_or(""));
}

SubscribeUsage::SubscribeUsage(Role role, String event, Time now)
    : role_(role),
      state_(role == Role::kNotifier ? SubscriptionState::kActive : SubscriptionState::kNotifyWait),
      event_(std::move(event)),
      expires_at_(now + Seconds(kReferExpires)) {
  if (role != Role::kNotifier) notify_by_ = now + kTimerN;
}

bool SubscribeUsage::Matches(std::string_view event) const {
  if (role_ == Role::kNotifier) return false;
  const String key = EventKey(event);
  // RFC 3515 section 2.4.6: "This id parameter MAY be included in NOTIFYs to the first REFER a UA
  // receives in a given dialog."
  return key == event_ || (role_ == Role::kReferrer && key == "refer");
}

void SubscribeUsage::Requested(uint32_t expires, Time now) {
  asked_ = expires;
  notify_by_ = now + kTimerN;
  refresh_at_ = InfiniteFuture();
  if (!established()) SetExpires(expires, now);
}

void SubscribeUsage::Accepted(const Message& response, Time now) {
  // RFC 6665 section 4.1.2.1: "The received value might be smaller than the value indicated in the
  // SUBSCRIBE request but cannot be larger".
  SetExpires(std::min(response.GetNumber(HeaderId::kExpires).value_or(asked_), asked_), now);
  // Section 4.1.2.2: "a success response to the SUBSCRIBE request that indicates that no NOTIFY
  // request will be generated -- such as the 204 response".
  if (response.status() == 204) Refused();
  // It was challenged, and has been sent again, for so long that nobody waits any more.
  if (!established() && notify_by_ == InfiniteFuture()) notify_by_ = now + kTimerN;
}

bool SubscribeUsage::ReceiveNotify(const Message& notify, Time now) {
  const auto state = notify.GetToken(HeaderId::kSubscriptionState);
  const std::string_view token = state.has_value() ? state->token : "";
  if (EqualsIgnoreCase(token, "terminated")) {
    // RFC 6665 section 4.1.3: "the subscriber MUST consider the subscription terminated." One that
    // was to end, or to be a single look, is not wanted any more.
    state_ = SubscriptionState::kTerminated;
    if (asked_ > 0) retry_after_ = RetryAfter(state->parameters);
    return true;
  }
  // Section 4.1.3: "NOTIFY requests MUST contain "Subscription-State" header fields". A REFER's
  // subscription ends with its time if they do not.
  const bool active = EqualsIgnoreCase(token, "active") || role_ == Role::kReferrer;
  if (!active && !EqualsIgnoreCase(token, "pending") && (token.empty() || !established())) {
    return false;
  }
  // "If the header field also contains an "expires" parameter, the subscriber SHOULD take it as the
  // authoritative subscription duration and adjust accordingly."
  const auto value = state.has_value() ? state->parameters.Get("expires") : std::nullopt;
  const uint32_t expires = ReadNumber(value.value_or("")).value_or(0);
  if (role_ == Role::kReferrer) {
    SetExpires(expires == 0 ? kReferExpires : std::min(expires, kMaxReferExpires), now);
  } else if (expires > 0) {
    SetExpires(expires, now);
  }
  if (!established()) initial_expires_ = expires_;
  if (active) {
    state_ = SubscriptionState::kActive;
  } else if (!established()) {
    state_ = SubscriptionState::kPending;
  }
  notify_by_ = InfiniteFuture();
  return true;
}

String SubscribeUsage::NotifyLines(bool final, Time now) const {
  String lines = StrCat("Event: ", event_, "\r\nSubscription-State: ");
  // RFC 3515 section 2.4.7: "the subscription has been "terminated" with a reason of "noresource"".
  if (final) {
    StrAppend(&lines, "terminated;reason=noresource\r\n");
  } else {
    StrAppend(&lines, "active;expires=", ExpiresIn(now), "\r\n");
  }
  return lines;
}

void SubscribeUsage::Keep(bool refresh, uint32_t expires, Time now) {
  refresh_ = refresh;
  if (expires != ExpiresIn(now)) SetExpires(expires, now);
}

void SubscribeUsage::SetExpires(uint32_t expires, Time now) {
  expires_ = expires;
  expires_at_ = now + Seconds(expires);
  // One that is granted for no time is not refreshed over and over.
  refresh_at_ = expires == 0 ? InfiniteFuture() : now + kRefreshAfter * Seconds(expires);
}

uint32_t SubscribeUsage::ExpiresIn(Time now) const { return SecondsUntil(expires_at_, now); }

uint32_t SubscribeUsage::AgainIn(Time now) const {
  if (state_ == SubscriptionState::kTerminated) return retry_after_;
  return refresh_at() == InfiniteFuture() ? kNever : SecondsUntil(refresh_at(), now);
}

Time SubscribeUsage::refresh_at() const {
  return refresh_ && established() && asked_ > 0 ? refresh_at_ : InfiniteFuture();
}

Time SubscribeUsage::ends_at() const {
  if (!established()) return notify_by_;
  return std::min(notify_by_, role_ == Role::kNotifier ? expires_at_ : expires_at_ + kTimerN);
}

Time SubscribeUsage::deadline() const { return std::min(ends_at(), refresh_at()); }

}  // namespace sip
