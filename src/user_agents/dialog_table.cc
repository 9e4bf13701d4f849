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

DialogEntry& DialogTable::Add(DialogHandle handle, Dialog dialog, InviteUsage session) {
  by_id_[dialog.id().Key()] = handle;
  std::unique_ptr<DialogEntry>& entry = entries_[handle];
  entry.reset(new DialogEntry{
      .handle = handle, .dialog = std::move(dialog), .session = std::move(session)});
  return *entry;
}

void DialogTable::Remove(DialogHandle handle) {
  const auto found = entries_.find(handle);
  if (found == entries_.end()) return;
  by_id_.erase(found->second->dialog.id().Key());
  deadlines_.Set(handle, InfiniteFuture());
  entries_.erase(found);
}

DialogEntry* DialogTable::Find(DialogHandle handle) {
  const auto found = entries_.find(handle);
  return found == entries_.end() ? nullptr : found->second.get();
}

DialogEntry* DialogTable::Find(const DialogId& id) {
  const auto found = by_id_.find(id.Key());
  return found == by_id_.end() ? nullptr : Find(found->second);
}

std::vector<DialogHandle> DialogTable::handles() const {
  return HandlesInOrder<DialogHandle>(entries_);
}

}  // namespace sip
