#include "user_agents/subscription.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/algorithm/container.h"
#include "base/str_cat.h"
#include "base/string.h"
#include "messages/method.h"
#include "messages/status_code.h"
#include "user_agents/dialog_user_agent.h"

namespace sip {
namespace {

using Role = SubscribeUsage::Role;

// What a SUBSCRIBE without Expires is taken to ask for; its event package says otherwise.
constexpr uint32_t kDefaultExpires = 3600;

std::string_view ValueOf(std::string_view lines, HeaderId id) {
  const std::string_view line = FindLine(lines, id);
  return TrimLws(line.substr(std::min(line.find(':') + 1, line.size())));
}

Subscription* FindByEvent(DialogEntry& entry, std::string_view event) {
  const auto found = absl::c_find_if(
      entry.subscriptions, [&](const Subscription* each) { return each->usage.Matches(event); });
  return found == entry.subscriptions.end() ? nullptr : *found;
}

// The subscription whose SUBSCRIBE or REFER this is.
Subscription* FindByClient(DialogEntry& entry, ClientHandle client) {
  const auto found = absl::c_find_if(
      entry.subscriptions, [&](const Subscription* each) { return each->client == client; });
  return found == entry.subscriptions.end() ? nullptr : *found;
}

// RFC 6665 section 4.1.2.2: "If a SUBSCRIBE request to refresh a subscription receives a 404, 405,
// 410, 416, 480-485, 489, 501, or 604 response, the subscriber MUST consider the subscription
// terminated."
bool EndsSubscription(int status) {
  return status == 404 || status == 405 || status == 410 || status == 416 ||
         (status >= 480 && status <= 485) || status == 489 || status == 501 || status == 604;
}

void Refresh(Turn& turn, DialogEntry& entry, Subscription& subscription) {
  const uint32_t expires = subscription.usage.initial_expires();
  const String headers =
      StrCat("Event: ", subscription.usage.event(), "\r\nExpires: ", expires, "\r\n");
  RequestParts request = entry.dialog.MakeRequest(method::kSubscribe);
  request.headers = headers;
  subscription.usage.Requested(expires, turn.now());
  subscription.client = StartClient(turn, request, {.dialog = entry.handle});
  AnnounceDialog(turn, entry, subscription.client);
}

}  // namespace

String ReferEvent(uint32_t cseq) { return StrCat("refer;id=", cseq); }

Status Subscribe(Turn& turn, const RequestParts& request, uint32_t after, Reply& reply) {
  const auto handle = turn.NewHandle<DialogHandle>();
  DialogEntry& entry = turn.core.dialogs.AddWithoutSession(handle, Dialog::FromSubscribe(request));
  Subscription* subscription = SubscriptionFor(entry, request, turn.now() + Seconds(after));
  if (subscription == nullptr) {
    EndIfUnused(turn, entry);
    return InvalidArgumentError("a SUBSCRIBE has an Event");
  }
  subscription->client = StartClient(turn, request, {.dialog = handle, .after = after});
  turn.core.dialogs.Reschedule(entry);
  AnnounceDialog(turn, entry, subscription->client);
  reply.handle = static_cast<uint32_t>(subscription->client);
  return OkStatus();
}

Subscription* SubscriptionFor(DialogEntry& entry, const RequestParts& request, Time sent) {
  const bool refer = request.method == method::kRefer;
  String event =
      refer ? ReferEvent(request.cseq) : EventKey(ValueOf(request.headers, HeaderId::kEvent));
  if (event.empty()) return nullptr;
  Subscription* subscription = FindByEvent(entry, event);
  if (subscription == nullptr) {
    const Role role = refer ? Role::kReferrer : Role::kSubscriber;
    subscription = &entry.subscriptions.Add(std::unique_ptr<Subscription>(
        new Subscription{.usage = SubscribeUsage(role, std::move(event), sent)}));
  } else if (entry.dialog.id().remote_tag.empty()) {
    return nullptr;
  }
  if (!refer) {
    const auto expires = ReadNumber(ValueOf(request.headers, HeaderId::kExpires));
    subscription->usage.Requested(expires.value_or(kDefaultExpires), sent);
  }
  return subscription;
}

void ReceiveSubscribeResponse(Turn& turn, UserAgentClient& client, const Message& response) {
  DialogEntry* entry = turn.core.dialogs.Find(client.dialog);
  Subscription* subscription = entry == nullptr ? nullptr : FindByClient(*entry, client.handle);
  if (subscription == nullptr) return;
  SubscribeUsage& usage = subscription->usage;
  const bool explicitly = usage.role() == Role::kSubscriber;
  if (IsSuccess(response.status())) {
    // RFC 6665 section 5.4.9: "the 200-class response to the SUBSCRIBE request can arrive after a
    // matching NOTIFY request has been received; such responses might not correlate to the same
    // dialog [...], such non-matching 200-class responses are ignored."
    if (!explicitly ||
        (usage.established() && response.to_tag() != entry->dialog.id().remote_tag)) {
      return;
    }
    usage.Accepted(response, turn.now());
    AnnounceDialog(turn, *entry);
  } else if (explicitly && usage.established() && !EndsSubscription(response.status())) {
    // Section 4.1.2.2: "the original subscription is still considered valid for the duration of the
    // most recently known "Expires" value".
    usage.Refused();
  } else {
    EndSubscription(turn, *entry, *subscription);
  }
  EndIfUnused(turn, *entry);
}

void RenumberReference(Turn& turn, const UserAgentClient& client, uint32_t cseq) {
  DialogEntry* entry = turn.core.dialogs.Find(client.dialog);
  Subscription* subscription = entry == nullptr ? nullptr : FindByClient(*entry, client.handle);
  if (subscription != nullptr && subscription->usage.role() == Role::kReferrer) {
    subscription->usage.set_event(ReferEvent(cseq));
  }
}

DialogEntry* FindDialogOf(Turn& turn, const Message& request) {
  DialogId id = DialogIdOfIncomingRequest(request);
  DialogEntry* entry = turn.core.dialogs.Find(id);
  if (entry != nullptr || request.method() != method::kNotify) return entry;
  // RFC 6665 section 4.4.1: "NOTIFY requests are matched to such SUBSCRIBE requests if they contain
  // the same "Call-ID", a "To" header field "tag" parameter that matches the "From" header field
  // "tag" parameter of the SUBSCRIBE request, and the same "Event" header field."
  id.remote_tag.clear();
  return turn.core.dialogs.Find(id);
}

int ReceiveNotify(Turn& turn, DialogEntry& entry, const Message& notify) {
  const auto event = notify.Get(HeaderId::kEvent);
  Subscription* subscription = FindByEvent(entry, event.value_or(""));
  const bool first = subscription != nullptr && entry.dialog.id().remote_tag.empty();
  if (!first && !entry.dialog.AcceptSequence(notify)) return 500;
  if (subscription == nullptr) {
    // The user of a session sees any NOTIFY in it.
    if (entry.session.state() != SessionState::kTerminated) return 0;
    // RFC 6665 section 4.1.3: "if not, it MUST return a 481 (Subscription does not exist) response
    // unless another 400- or 500-class response is more appropriate."
    return entry.dialog.confirmed() || !event.has_value() ? 489 : 481;
  }
  SubscribeUsage& usage = subscription->usage;
  if (!usage.ReceiveNotify(notify, turn.now())) return 489;
  // Section 4.4.1: the NOTIFY makes the dialog, "unless the NOTIFY request contains a
  // "Subscription-State" of "terminated.""
  if (first && usage.state() != SubscriptionState::kTerminated) {
    turn.core.dialogs.Establish(entry, notify);
  }
  if (usage.role() == Role::kSubscriber) AnnounceDialog(turn, entry);
  return 0;
}

Status Perform(Turn& turn, const KeepSubscription& command, Reply&) {
  DialogEntry* entry = turn.core.dialogs.Find(command.dialog);
  SubscribeUsage* usage = entry == nullptr ? nullptr : entry->subscription();
  if (usage == nullptr) return NotFoundError("no such subscription");
  usage->Keep(command.refresh, command.expires, turn.now());
  turn.core.dialogs.Reschedule(*entry);
  AnnounceDialog(turn, *entry);
  return OkStatus();
}

void AdvanceSubscriptions(Turn& turn, DialogEntry& entry) {
  for (size_t i = entry.subscriptions.size(); i-- > 0;) {
    Subscription& subscription = entry.subscriptions[i];
    SubscribeUsage& usage = subscription.usage;
    const UserAgentClient* client = turn.core.FindClient(subscription.client);
    if (usage.state() == SubscriptionState::kTerminated) {
      EndSubscription(turn, entry, subscription);
    } else if (usage.IsOver(turn.now())) {
      // As long as the SUBSCRIBE has no final response, that it times out says more.
      if (!usage.established() && client != nullptr && !client->final_received) {
        usage.StopWaiting();
        continue;
      }
      usage.Terminate();
      if (usage.role() == Role::kSubscriber) AnnounceDialog(turn, entry);
      EndSubscription(turn, entry, subscription);
    } else if (usage.IsRefreshDue(turn.now())) {
      Refresh(turn, entry, subscription);
    }
  }
}

void EndSubscription(Turn& turn, DialogEntry& entry, const Subscription& subscription) {
  const ServerHandle refer = subscription.refer;
  entry.subscriptions.Erase(&subscription);
  UserAgentServer* server = turn.core.FindServer(refer);
  if (server == nullptr) return;
  server->referred = {};
  if (!IsSet(server->transaction)) EndServer(turn, refer);
}

void EndNotifiers(Turn& turn, DialogEntry& entry) {
  for (Subscription* each : entry.subscriptions) {
    if (each->usage.role() == Role::kNotifier) each->usage.Terminate();
  }
  AdvanceSubscriptions(turn, entry);
}

void EndSubscriptions(Turn& turn, DialogEntry& entry) {
  while (!entry.subscriptions.empty()) EndSubscription(turn, entry, entry.subscriptions.back());
}

}  // namespace sip
