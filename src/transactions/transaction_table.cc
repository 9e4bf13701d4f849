#include "transactions/transaction_table.h"

#include <utility>

#include "base/overload.h"
#include "base/str_cat.h"
#include "messages/method.h"
#include "messages/parser.h"
#include "messages/status_code.h"

namespace sip {
namespace {

// Behind the magic cookie: 16 characters of 36 are 82 bits. RFC 3261 section 8.1.1.7: "The branch
// parameter value MUST be unique across space and time".
String NewBranch(Entropy& entropy) { return StrCat("z9hG4bK", entropy.Token(16)); }

// RFC 3581 section 3: a client "MAY include an "rport" parameter in the top Via header field value
// of requests it generates. This parameter MUST have no value".
String ViaOf(const Flow& flow, std::string_view branch) {
  String via = BuildVia(flow.transport, flow.sent_by, branch);
  if (flow.force_rport) via += ";rport";
  return via;
}

// RFC 3261 section 17.1.3: the branch, and the method since "a CANCEL request constitutes a
// different transaction, but shares the same value of the branch parameter".
String ClientKey(std::string_view branch, std::string_view method) {
  return StrCat("client ", method, " ", branch);
}

// RFC 3261 section 17.2.3: "the method of the request matches the one that created the transaction,
// except for ACK, where the method of the request that created the transaction is INVITE".
std::string_view MethodClass(std::string_view method) {
  return method == method::kAck ? method::kInvite : method;
}

// The sent-by in one form: RFC 3261 section 7.3.1, hosts are the same in any case.
String SentBy(const Via& via) {
  String sent_by = StrCat(via.host, ":", via.port.value_or(0));
  for (char& c : sent_by) {
    if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
  }
  return sent_by;
}

// RFC 3261 section 17.2.3, for a request of this class that came with such a Via.
String ServerKey(const Message& request, std::string_view method_class) {
  const Via& via = request.via();
  if (via.has_magic_cookie()) {
    return StrCat("server ", method_class, " ", via.branch(), " ", SentBy(via));
  }
  // "If the branch parameter [...] does not contain the magic cookie": Request-URI, From tag,
  // Call-ID, CSeq and top Via. The To tag is left out: an ACK has that of our response, and as one
  // final response is all that a user agent gives, there is none to tell it from.
  return StrCat("old ", method_class, " ", request.request_uri(), " ", request.from_tag(), " ",
                request.call_id(), " ", request.cseq().number, " ", via.transport, " ", SentBy(via),
                ";", via.branch());
}

String MergeKey(const Message& request) {
  return StrCat(request.from_tag(), " ", request.call_id(), " ", request.cseq().number, " ",
                request.cseq().method);
}

// RFC 3261 section 8.2.2.2 speaks of requests that have "no tag in the To header field".
bool MayMerge(const Message& request) {
  return request.to_tag().empty() && request.method() != method::kAck &&
         request.method() != method::kCancel;
}

// A text of our own, read again. Never empty but for a request of the TU that was none.
std::optional<Message> Read(std::string_view text) {
  auto parsed = ParseMessage(text);
  if (auto* message = std::get_if<Message>(&parsed)) return std::move(*message);
  return std::nullopt;
}

}  // namespace

TransactionTable::Started TransactionTable::StartClient(const RequestParts& request,
                                                        const Flow& flow, Context& context) {
  const auto self = context.handles.Next<TransactionHandle>();
  const String branch = NewBranch(context.entropy);
  String text = BuildRequest(request, ViaOf(flow, branch));
  String key = ClientKey(branch, request.method);
  Add(self,
      Make(request.method == method::kInvite, /*server=*/false,
           {.text = text, .reliable = flow.reliable(), .now = context.now}),
      std::move(key), "");
  return {self, std::move(text)};
}

String TransactionTable::BuildWithVia(const RequestParts& request, const Flow& flow,
                                      Context& context) {
  return BuildRequest(request, ViaOf(flow, NewBranch(context.entropy)));
}

std::optional<TransactionTable::Started> TransactionTable::StartCancel(TransactionHandle invite,
                                                                       std::string_view headers,
                                                                       const Flow& flow,
                                                                       Context& context) {
  Entry* entry = Find(invite);
  auto* machine = entry ? std::get_if<InviteClientTransaction>(&entry->machine) : nullptr;
  if (!machine || !machine->awaits_final()) return std::nullopt;
  const std::optional<Message> sent = Read(machine->request());
  if (!sent) return std::nullopt;
  String key = ClientKey(sent->via().branch(), method::kCancel);
  if (FindByKey(key)) return std::nullopt;

  machine->Cancelled(context.now);
  Settle(invite, {});
  const auto self = context.handles.Next<TransactionHandle>();
  String text = BuildCancel(*sent, headers);
  Add(self,
      Make(/*invite=*/false, /*server=*/false,
           {.text = text, .reliable = flow.reliable(), .now = context.now}),
      std::move(key), "");
  return Started{self, std::move(text)};
}

String TransactionTable::CancelText(TransactionHandle invite, std::string_view headers) {
  Entry* entry = Find(invite);
  auto* machine = entry ? std::get_if<InviteClientTransaction>(&entry->machine) : nullptr;
  const std::optional<Message> sent = machine ? Read(machine->request()) : std::nullopt;
  return sent ? BuildCancel(*sent, headers) : "";
}

TransactionHandle TransactionTable::StartServer(const Message& request, const Flow& flow,
                                                Context& context) {
  const auto self = context.handles.Next<TransactionHandle>();
  String key = ServerKey(request, request.method());
  String merge_key = MayMerge(request) ? MergeKey(request) : "";
  // RFC 3261 section 17.2.1: "the insertion of tags in the To header field of the response [...] is
  // downgraded from MAY to SHOULD NOT".
  ResponseParts parts;
  parts.status = 100;
  String trying = BuildResponse(request, parts);
  Add(self,
      Make(request.method() == method::kInvite, /*server=*/true,
           {.text = std::move(trying), .reliable = flow.reliable(), .now = context.now}),
      std::move(key), std::move(merge_key));
  return self;
}

TransactionTable::Received TransactionTable::Receive(const Message& message, Context& context) {
  if (message.is_request()) {
    const auto found = FindByKey(ServerKey(message, MethodClass(message.method())));
    if (!found) return {};
    return {found, ReceiveRequest(*found, message.method() == method::kAck, context.now)};
  }
  const auto found = FindByKey(ClientKey(message.via().branch(), message.cseq().method));
  if (!found) return {};
  return {found, ReceiveResponse(*found, message, context.now)};
}

TransactionOutcome TransactionTable::ReceiveRequest(TransactionHandle transaction, bool ack,
                                                    Time now) {
  TransactionOutcome outcome =
      Visit(Overload{[&](InviteServerTransaction& machine) {
                       return ack ? machine.ReceiveAck(now) : machine.ReceiveRequest();
                     },
                     [](NonInviteServerTransaction& machine) { return machine.ReceiveRequest(); },
                     [](auto&) { return TransactionOutcome(); }},
            Find(transaction)->machine);
  return Settle(transaction, std::move(outcome));
}

TransactionOutcome TransactionTable::ReceiveResponse(TransactionHandle transaction,
                                                     const Message& response, Time now) {
  TransactionOutcome outcome =
      Visit(Overload{[&](InviteClientTransaction& machine) {
                       String ack;
                       if (machine.awaits_final() && IsFailure(response.status())) {
                         if (const auto invite = Read(machine.request())) {
                           ack = BuildAckForFailure(*invite, response);
                         }
                       }
                       return machine.ReceiveResponse(response.status(), ack, now);
                     },
                     [&](NonInviteClientTransaction& machine) {
                       return machine.ReceiveResponse(response.status(), now);
                     },
                     [](auto&) { return TransactionOutcome(); }},
            Find(transaction)->machine);
  return Settle(transaction, std::move(outcome));
}

TransactionOutcome TransactionTable::Respond(TransactionHandle transaction, int status, String text,
                                             Context& context) {
  Entry* entry = Find(transaction);
  if (!entry) return {};
  TransactionOutcome outcome =
      Visit(Overload{[&](InviteServerTransaction& machine) {
                       return machine.Respond(status, std::move(text), context.now);
                     },
                     [&](NonInviteServerTransaction& machine) {
                       return machine.Respond(status, std::move(text), context.now);
                     },
                     [](auto&) { return TransactionOutcome(); }},
            entry->machine);
  return Settle(transaction, std::move(outcome));
}

std::optional<TransactionHandle> TransactionTable::FindCancelled(const Message& cancel) const {
  // RFC 3261 section 9.2: "assuming that the request method is anything but CANCEL or ACK and
  // applying the transaction matching procedures of Section 17.2.3".
  std::string_view methods = method::kRegistered;
  while (const auto method = NextListValue(methods)) {
    if (*method == method::kCancel) continue;
    if (const auto found = FindByKey(ServerKey(cancel, *method))) return found;
  }
  return std::nullopt;
}

bool TransactionTable::IsMerged(const Message& request) const {
  return MayMerge(request) && merge_counts_.Find(MergeKey(request)) != 0 &&
         !FindByKey(ServerKey(request, request.method()));
}

TransactionOutcome TransactionTable::Fail(TransactionHandle transaction) {
  Entry* entry = Find(transaction);
  if (!entry) return {};
  const auto fail = [](auto& client) {
    return client.awaits_final() ? client.TransportError() : TransactionOutcome();
  };
  return Settle(transaction,
                Visit(Overload{[&](InviteClientTransaction& client) { return fail(client); },
                               [&](NonInviteClientTransaction& client) { return fail(client); },
                               [](auto&) { return TransactionOutcome(); }},
                      entry->machine));
}

void TransactionTable::StartAlone(TransactionHandle self, bool invite, bool server,
                                  Beginning&& beginning) {
  Add(self, Make(invite, server, std::move(beginning)), "", "");
}

TransactionOutcome TransactionTable::Drive(TransactionHandle transaction, int status, String text,
                                           Time now) {
  if (status == 0) return ReceiveRequest(transaction, text == method::kAck, now);
  return Settle(
      transaction,
      Visit(Overload{[&](InviteClientTransaction& machine) {
                       return machine.ReceiveResponse(status, "", now);
                     },
                     [&](NonInviteClientTransaction& machine) {
                       return machine.ReceiveResponse(status, now);
                     },
                     [&](auto& server) { return server.Respond(status, std::move(text), now); }},
            Find(transaction)->machine));
}

std::optional<TransactionOutcome> TransactionTable::Advance(Context& context) {
  const auto due = deadlines_.PopDue(context.now);
  if (!due) return std::nullopt;
  return Settle(*due, Visit([&](auto& machine) { return machine.Advance(context.now); },
                            Find(*due)->machine));
}

Time TransactionTable::deadline() const { return deadlines_.Next(); }

std::optional<TransactionHandle> TransactionTable::FindByKey(std::string_view key) const {
  const uint32_t found = by_key_.Find(key);
  if (found == 0) return std::nullopt;
  return static_cast<TransactionHandle>(found);
}

std::unique_ptr<TransactionTable::Entry> TransactionTable::Make(bool invite, bool server,
                                                                Beginning&& beginning) {
  const auto make = [&]<typename Machine>(std::in_place_type_t<Machine> type) {
    return std::make_unique<Entry>(type, std::move(beginning));
  };
  if (server) {
    return invite ? make(std::in_place_type<InviteServerTransaction>)
                  : make(std::in_place_type<NonInviteServerTransaction>);
  }
  return invite ? make(std::in_place_type<InviteClientTransaction>)
                : make(std::in_place_type<NonInviteClientTransaction>);
}

void TransactionTable::Add(TransactionHandle transaction, std::unique_ptr<Entry> entry, String key,
                           String merge_key) {
  if (!key.empty()) by_key_.Set(key, static_cast<uint32_t>(transaction));
  if (!merge_key.empty()) merge_counts_.Set(merge_key, merge_counts_.Find(merge_key) + 1);
  entry->key = std::move(key);
  entry->merge_key = std::move(merge_key);
  transactions_.Add(transaction, std::move(entry));
  Settle(transaction, {});
}

TransactionOutcome TransactionTable::Settle(TransactionHandle transaction,
                                            TransactionOutcome outcome) {
  outcome.transaction = transaction;
  outcome.state = StateOf(transaction);
  if (outcome.state == TransactionState::kTerminated) {
    Destroy(transaction);
  } else {
    deadlines_.Set(transaction, Visit([](const auto& one) { return one.deadline(); },
                                      Find(transaction)->machine));
  }
  return outcome;
}

TransactionState TransactionTable::StateOf(TransactionHandle transaction) {
  const Entry* entry = Find(transaction);
  if (!entry) return TransactionState::kTerminated;
  return Visit([](const auto& one) { return one.state(); }, entry->machine);
}

void TransactionTable::Destroy(TransactionHandle transaction) {
  Entry* entry = Find(transaction);
  if (!entry) return;
  deadlines_.Set(transaction, InfiniteFuture());
  if (!entry->key.empty()) by_key_.Set(entry->key, 0);
  if (const uint32_t merged = merge_counts_.Find(entry->merge_key)) {
    merge_counts_.Set(entry->merge_key, merged - 1);
  }
  transactions_.Erase(transaction);
}

}  // namespace sip
