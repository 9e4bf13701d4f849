#include "user_agents/dialog_table.h"

#include <algorithm>
#include <utility>

namespace sip {

Time DialogEntry::deadline() const {
  Time first = session.deadline();
  for (const Subscription* subscription : subscriptions) {
    first = std::min(first, subscription->usage.deadline());
  }
  return first;
}

SubscribeUsage* DialogEntry::subscription() {
  for (Subscription* each : subscriptions) {
    if (each->usage.role() == SubscribeUsage::Role::kSubscriber) return &each->usage;
  }
  return nullptr;
}

DialogEntry& DialogTable::Add(std::unique_ptr<DialogEntry> entry) {
  by_id_.Set(entry->dialog.id().Key(), static_cast<uint32_t>(entry->handle));
  const DialogHandle handle = entry->handle;
  return entries_.Add(handle, std::move(entry));
}

DialogEntry& DialogTable::AddWithoutSession(DialogHandle handle, Dialog dialog) {
  DialogEntry& entry = Add(std::unique_ptr<DialogEntry>(new DialogEntry{
      .handle = handle, .dialog = std::move(dialog), .session = InviteUsage(OfferAnswer())}));
  entry.session.Terminate();
  return entry;
}

void DialogTable::Establish(DialogEntry& entry, const Message& notify) {
  by_id_.Set(entry.dialog.id().Key(), 0);
  entry.dialog.Establish(notify);
  by_id_.Set(entry.dialog.id().Key(), static_cast<uint32_t>(entry.handle));
}

void DialogTable::Remove(DialogHandle handle) {
  const DialogEntry* entry = entries_.Find(handle);
  if (entry == nullptr) return;
  by_id_.Set(entry->dialog.id().Key(), 0);
  deadlines_.Set(handle, InfiniteFuture());
  entries_.Erase(handle);
}

DialogEntry* DialogTable::Find(const DialogId& id) {
  return Find(static_cast<DialogHandle>(by_id_.Find(id.Key())));
}

}  // namespace sip
