#ifndef SIPWASM_SRC_USER_AGENTS_DIALOG_TABLE_H_
#define SIPWASM_SRC_USER_AGENTS_DIALOG_TABLE_H_

#include <memory>
#include <optional>

#include "base/deadline_queue.h"
#include "base/handle_map.h"
#include "base/handles.h"
#include "base/list.h"
#include "base/string.h"
#include "base/text_table.h"
#include "dialogs/dialog.h"
#include "dialogs/invite_usage.h"
#include "dialogs/subscribe_usage.h"

namespace sip {

// A subscription and whose it is.
struct Subscription {
  SubscribeUsage usage;
  ServerHandle refer{};   // as notifier: the REFER that was accepted
  ClientHandle client{};  // else: the SUBSCRIBE that was sent last, or the REFER
};

// A dialog with what it is used for. RFC 5057 section 3: a dialog "continues to exist until the
// last usage is terminated".
struct DialogEntry {
  DialogHandle handle;
  Dialog dialog;
  InviteUsage session;

  // The Contact line that the user gave to the request or response that made it; what is sent
  // within it says the same, so that an anonymous call stays anonymous. Empty: the core's Contact.
  String contact = {};
  OwningList<Subscription> subscriptions = {};

  bool unused() const {
    return session.state() == SessionState::kTerminated && subscriptions.empty();
  }
  Time deadline() const;

  // That of a SUBSCRIBE; null if there is none.
  SubscribeUsage* subscription();
};

// The dialogs of one core, by handle and by dialog ID.
class DialogTable {
 public:
  // `secret` keys the table of dialog IDs, which a peer has a part in: Entropy::TableSecret.
  explicit DialogTable(uint32_t secret) : by_id_(secret) {}

  DialogEntry& Add(std::unique_ptr<DialogEntry> entry);
  void Remove(DialogHandle handle);

  // A dialog for subscriptions alone.
  DialogEntry& AddWithoutSession(DialogHandle handle, Dialog dialog);

  // As Dialog::Establish.
  void Establish(DialogEntry& entry, const Message& notify);

  DialogEntry* Find(DialogHandle handle) { return entries_.Find(handle); }  // null if it has ended
  DialogEntry* Find(const DialogId& id);                                    // null if there is none

  // To be called whenever something of the entry may have moved its deadline.
  void Reschedule(const DialogEntry& entry) { deadlines_.Set(entry.handle, entry.deadline()); }
  std::optional<DialogHandle> PopDue(Time now) { return deadlines_.PopDue(now); }
  Time deadline() const { return deadlines_.Next(); }

  Handles<DialogHandle> handles() const { return entries_.handles(); }
  size_t size() const { return entries_.size(); }

 private:
  HandleMap<DialogHandle, DialogEntry> entries_;
  TextTable by_id_;
  DeadlineQueue<DialogHandle> deadlines_;
};

}  // namespace sip

#endif  // SIPWASM_SRC_USER_AGENTS_DIALOG_TABLE_H_
