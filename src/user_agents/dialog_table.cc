#include "user_agents/dialog_table.h"

#include <algorithm>
#include <utility>

namespace sip {

Time DialogEntry::deadline() const {
  Time first = session.deadline();
  for (const Reference& reference : references) {
    first = std::min(first, reference.usage.deadline());
  }
  return first;
}

DialogEntry& DialogTable::Add(std::unique_ptr<DialogEntry> entry) {
  by_id_.Set(entry->dialog.id().Key(), static_cast<uint32_t>(entry->handle));
  const DialogHandle handle = entry->handle;
  return entries_.Add(handle, std::move(entry));
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
