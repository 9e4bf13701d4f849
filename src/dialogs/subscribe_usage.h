#ifndef SIPWASM_SRC_DIALOGS_SUBSCRIBE_USAGE_H_
#define SIPWASM_SRC_DIALOGS_SUBSCRIBE_USAGE_H_

#include <cstdint>
#include <string_view>

#include "base/handles.h"
#include "base/string.h"
#include "base/time.h"
#include "messages/message.h"

namespace sip {

// The implicit subscription that a REFER makes in a dialog, from either side: RFC 3515 section 2.4,
// RFC 6665 section 4.
//
//   kPending --first NOTIFY--> kActive --NOTIFY "terminated", or its time is up--> gone
class SubscribeUsage {
 public:
  enum class Role : uint8_t { kSubscriber, kNotifier };

  // `id` is the CSeq number of the REFER. RFC 3515 section 2.4.6: "it MUST include an id parameter
  // [...] in the Event header field of each NOTIFY containing the sequence number (the number from
  // the CSeq header field value) of the REFER this NOTIFY is associated with".
  SubscribeUsage(Role role, uint32_t id, Time now);

  Role role() const { return role_; }
  uint32_t id() const { return id_; }

  // As subscriber: whether a NOTIFY is for this subscription. RFC 3515 section 2.4.6: "This id
  // parameter MAY be included in NOTIFYs to the first REFER a UA receives in a given dialog."
  bool Matches(const Message& notify) const;

  // As subscriber: a NOTIFY came. True if it ended the subscription.
  bool ReceiveNotify(const Message& notify, Time now);

  // As notifier: the Event and Subscription-State lines of the next NOTIFY.
  String NotifyLines(bool final, Time now) const;

  // When it ends if nothing more is heard.
  Time deadline() const { return ends_at_; }

 private:
  Role role_;
  uint32_t id_;
  Time ends_at_;
};

}  // namespace sip

#endif  // SIPWASM_SRC_DIALOGS_SUBSCRIBE_USAGE_H_
