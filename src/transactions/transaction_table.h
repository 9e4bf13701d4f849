#ifndef SIPWASM_SRC_TRANSACTIONS_TRANSACTION_TABLE_H_
#define SIPWASM_SRC_TRANSACTIONS_TRANSACTION_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "base/context.h"
#include "base/deadline_queue.h"
#include "base/handle_map.h"
#include "base/string.h"
#include "base/text_table.h"
#include "base/time.h"
#include "messages/builder.h"
#include "messages/message.h"
#include "transactions/invite_client_transaction.h"
#include "transactions/invite_server_transaction.h"
#include "transactions/non_invite_client_transaction.h"
#include "transactions/non_invite_server_transaction.h"
#include "transactions/outcome.h"
#include "transport/flow.h"

namespace sip {

// Every transaction of one core, found by what RFC 3261 sections 17.1.3 and 17.2.3 match on. The
// machines themselves see facts and opaque text; reading messages for them is done here.
class TransactionTable {
 public:
  // `secret` keys the tables that a peer's texts are looked up in: Entropy::TableSecret.
  explicit TransactionTable(uint32_t secret) : by_key_(secret), merge_counts_(secret) {}

  struct Started {
    TransactionHandle transaction;
    String text;  // the request as it is sent, with its Via; send it now
  };

  // RFC 3261 section 17.1: gives the request a Via with a new branch and starts its client
  // transaction. `method` ACK is not a transaction: see `BuildWithVia`.
  Started StartClient(const RequestParts& request, const Flow& flow, Context& context);

  // The text of a request that has no transaction (an ACK to a 2xx), with a Via and branch of its
  // own.
  String BuildWithVia(const RequestParts& request, const Flow& flow, Context& context);

  // RFC 3261 section 9.1: the branch of the CANCEL is that of the INVITE. Starts the CANCEL's own
  // client transaction. nullopt if `invite` is not a client transaction that is still Calling or
  // Proceeding, or was cancelled before. Whether a provisional response has come, which section 9.1
  // demands, is the caller's to know. An INVITE that gets no final response within 64*T1 after its
  // CANCEL ends with TimedOut.
  std::optional<Started> StartCancel(TransactionHandle invite, std::string_view headers,
                                     const Flow& flow, Context& context);

  // The text of that CANCEL; empty if there is nothing to cancel.
  String CancelText(TransactionHandle invite, std::string_view headers);

  // RFC 3261 section 17.2.1 and 17.2.2: a new request, for which `Receive` found nothing. Its 100
  // is sent by itself, should the TU take its time: for an INVITE after 200 ms, for others
  // after 3.5 s (RFC 4320 section 4.1).
  TransactionHandle StartServer(const Message& request, const Flow& flow, Context& context);

  // What came in. `matched` says whose it is: for a request that no transaction knows it is empty
  // and the caller goes on (StartServer, or an ACK for a dialog); for a response, empty means that
  // nobody waits for it (section 18.1.2, or a 2xx whose transaction is over).
  struct Received {
    std::optional<TransactionHandle> matched;
    TransactionOutcome outcome;
  };
  Received Receive(const Message& message, Context& context);

  // A response from the TU. `text` is complete. The outcome has its kTransmit unless the state
  // forbids it (a final response was given already): then it is empty. A 2xx to an INVITE may
  // be given again and again (RFC 6026 section 7.1).
  TransactionOutcome Respond(TransactionHandle transaction, int status, String text,
                             Context& context);

  // RFC 3261 section 9.2: the server transaction that a CANCEL means: the same but for the method,
  // which is any that is registered. nullopt if there is none ("481").
  std::optional<TransactionHandle> FindCancelled(const Message& cancel) const;

  // RFC 3261 section 8.2.2.2: a request without a To tag whose From tag, Call-ID and CSeq are those
  // of one in progress here, and which is not its retransmission, came over another path ("482").
  // To be asked before StartServer. Never true of ACK and CANCEL, which follow their INVITE.
  bool IsMerged(const Message& request) const;

  // RFC 3261 section 17.1.4: its text could not be handed over, or the connection is gone, and with
  // it every response that a client transaction waits for. Empty if it is over or has nothing to
  // wait for. Server transactions go on: a response may find another connection.
  TransactionOutcome Fail(TransactionHandle transaction);

  // What a machine begins with: the request of a client, the 100 of a server or nothing.
  struct Beginning {
    String text;
    bool reliable = true;
    Time now;
  };

  // A transaction that nobody but its user knows, who drives the machine by hand. `text` is the
  // request of a client, which has been sent.
  void StartAlone(TransactionHandle self, bool invite, bool server, Beginning&& beginning);

  // What its user has for a transaction: for a client the status of a response; for a server a
  // response, or with status 0 the request once more or, if `text` is "ACK", its ACK. Status 1:
  // what it wanted sent could not be (RFC 3261 sections 17.1.4 and 17.2.4). Where the outcome says
  // kTransmit without a text, the ACK to a refusal is meant.
  TransactionOutcome Drive(TransactionHandle transaction, int status, String text, Time now);

  bool Has(TransactionHandle transaction) { return Find(transaction) != nullptr; }
  TransactionState StateOf(TransactionHandle transaction);  // kTerminated if there is none

  // Forgets a transaction at once and without a word: its user has ended, or (for a non-INVITE
  // request that nobody answered in 64*T1, RFC 4320 section 4) no answer would be heard any more.
  void Destroy(TransactionHandle transaction);

  // Fires what is due in the transaction that is due first, the give-up timer before the retransmit
  // timer, and at most one retransmission. nullopt if nothing is due.
  std::optional<TransactionOutcome> Advance(Context& context);
  Time deadline() const;

  Handles<TransactionHandle> handles() const { return transactions_.handles(); }
  size_t size() const { return transactions_.size(); }

 private:
  struct Entry {
    template <typename Machine>
    Entry(std::in_place_type_t<Machine> type, Beginning&& beginning)
        : machine(type, std::move(beginning.text), beginning.reliable, beginning.now) {}

    std::variant<InviteClientTransaction, NonInviteClientTransaction, InviteServerTransaction,
                 NonInviteServerTransaction>
        machine;
    String key;        // in by_key_
    String merge_key;  // in merge_counts_; empty if it is not there
  };

  Entry* Find(TransactionHandle transaction) { return transactions_.Find(transaction); }
  std::optional<TransactionHandle> FindByKey(std::string_view key) const;

  // One of the four.
  static std::unique_ptr<Entry> Make(bool invite, bool server, Beginning&& beginning);
  void Add(TransactionHandle transaction, std::unique_ptr<Entry> entry, String key,
           String merge_key);

  // To be called with what a machine returned: notes when it wants to be woken, forgets it if it
  // has ended.
  TransactionOutcome Settle(TransactionHandle transaction, TransactionOutcome outcome);

  TransactionOutcome ReceiveResponse(TransactionHandle transaction, const Message& response,
                                     Time now);
  TransactionOutcome ReceiveRequest(TransactionHandle transaction, bool ack, Time now);

  HandleMap<TransactionHandle, Entry> transactions_;
  TextTable by_key_;
  TextTable merge_counts_;
  DeadlineQueue<TransactionHandle> deadlines_;
};

}  // namespace sip

#endif  // SIPWASM_SRC_TRANSACTIONS_TRANSACTION_TABLE_H_
