#include "tests/support/party.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <variant>

#include "base/overload.h"
#include "base/str_cat.h"
#include "tests/support/json_wire.h"
#include "tests/support/keep.h"
#include "tests/support/peer.h"
#include "tests/support/perform.h"

namespace sip {
namespace {

// By the order of the enumerators.
constexpr const char* kSignaling[] = {"Initial", "HaveLocalOffer", "HaveRemoteOffer", "Stable",
                                      "Closed"};
constexpr const char* kSession[] = {"Initial", "Early", "AckWait", "Confirmed", "Terminated"};
constexpr const char* kSubscription[] = {"Initial", "NotifyWait", "Pending", "Active",
                                         "Terminated"};

const char* Name(Signaling signaling) { return kSignaling[static_cast<int>(signaling)]; }
const char* Name(SessionState state) { return kSession[static_cast<int>(state)]; }

// Header fields of which a message has at most one (RFC 3261 section 7.3.1 and table 2).
bool MayRepeat(HeaderId id) {
  return id == HeaderId::kVia || id == HeaderId::kRoute || id == HeaderId::kRecordRoute ||
         id == HeaderId::kOther || id == HeaderId::kAuthorization ||
         id == HeaderId::kProxyAuthorization || id == HeaderId::kReferTo;
}

CoreConfiguration Complete(CoreConfiguration configuration, const std::string& name) {
  if (configuration.sent_by.empty()) configuration.sent_by = Keep(StrCat(name, ".invalid"));
  if (configuration.contact.empty()) {
    configuration.contact = Keep(StrCat("<sip:", name, "@", name, ".invalid;transport=ws>"));
  }
  if (configuration.allow.empty()) {
    configuration.allow = "ACK,BYE,CANCEL,INFO,INVITE,MESSAGE,NOTIFY,OPTIONS,PRACK,REFER";
  }
  if (configuration.supported.empty()) configuration.supported = "outbound";
  if (configuration.accept.empty()) configuration.accept = "application/sdp";
  return configuration;
}

}  // namespace

Party::Party(std::string party, CoreConfiguration with, WireEnd wire)
    : name(std::move(party)),
      configuration(Complete(std::move(with), name)),
      stack(Entropy(name)),
      wire_(std::move(wire)),
      trace_(name) {
  core = static_cast<CoreHandle>(Do(CreateCore{configuration}).handle);
  Do(SetConnected{.core = core, .connected = true});
}

Reply Party::Do(const Command& command) {
  const StatusOr<Reply> reply = Perform(stack, command, wire_.clock());
  trace_.Performed(wire_.clock(), command, reply);
  if (!reply.ok()) {
    ADD_FAILURE() << name << ": " << Line(ToJson(command)) << ": " << reply.status().message();
    return Reply{};
  }
  NoteReply(command, reply->handle);
  Pump();
  return *reply;
}

StatusCode Party::Refused(const Command& command) {
  const size_t handles = stack.handle_count();
  const StatusOr<Reply> reply = Perform(stack, command, wire_.clock());
  trace_.Performed(wire_.clock(), command, reply);
  EXPECT_FALSE(reply.ok()) << Line(ToJson(command));
  EXPECT_EQ(stack.handle_count(), handles) << "a refused command has left something behind";
  Pump();
  return reply.status().code();
}

bool Party::Try(const Command& command) {
  const StatusOr<Reply> reply = Perform(stack, command, wire_.clock());
  trace_.Performed(wire_.clock(), command, reply);
  if (reply.ok()) NoteReply(command, reply->handle);
  Pump();
  return reply.ok();
}

void Party::Receive(std::string_view text) {
  trace_.Received(wire_.clock(), core, text);
  reader_.Received(stack.Receive(core, text, wire_.clock()), text);
  Pump();
}

void Party::Advance() {
  trace_.Advanced(wire_.clock());
  stack.Advance(wire_.clock());
  Pump();
}

void Party::Pump() {
  while (const auto event = reader_.Poll(stack)) {
    trace_.Told(*event);
    Hear(*event);
  }
  trace_.Settled(stack.deadline());
  EXPECT_GE(stack.deadline(), wire_.clock()) << name << " has left a deadline in the past";
  wire_.deliver();
}

void Party::Hear(const Event& event) {
  const std::string line = Describe(event);
  if (!line.empty()) heard_.push_back(line);
  events_.push_back(event);
  std::visit(
      Overload{
          [&](const Transmitted& each) {
            Note(each.origin, "");
            CheckText(each.text);
            sent.emplace_back(each.text);
            wire_.send(sent.back());
          },
          [&](const RequestReceived& each) {
            server = each.server;
            Note(static_cast<uint32_t>(each.server), "server");
            Note(static_cast<uint32_t>(each.dialog), "dialog");
            if (IsSet(each.dialog)) dialog = each.dialog;
          },
          [&](const CancelReceived& each) { Note(static_cast<uint32_t>(each.server), "server"); },
          [&](const AckReceived& each) { Note(static_cast<uint32_t>(each.dialog), "dialog"); },
          [&](const AckTimedOut& each) { Note(static_cast<uint32_t>(each.dialog), "dialog"); },
          [&](const ResponseReceived& each) {
            Note(static_cast<uint32_t>(each.client), "client");
            Note(static_cast<uint32_t>(each.dialog), "");
            if (IsSet(each.dialog)) dialog = each.dialog;
          },
          [&](const DialogChanged& each) {
            Note(static_cast<uint32_t>(each.dialog), "dialog");
            dialog = each.dialog;
          },
          [&](const RegistrationChanged& each) {
            Note(static_cast<uint32_t>(each.registration), "registration");
            Note(static_cast<uint32_t>(each.client), "client");
          },
          [&](const ResponseFailed& each) { Note(static_cast<uint32_t>(each.server), "server"); },
          [&](const TransactionChanged& each) {
            Note(static_cast<uint32_t>(each.transaction), "transaction");
          },
          [&](const Terminated& each) {
            const auto found = live_.find(each.handle);
            ended_[each.handle] = found == live_.end() ? "unknown" : found->second;
            if (found != live_.end()) live_.erase(found);
          },
          [&](const Logged&) {}, [&](const Discarded&) {}},
      event);
}

void Party::Note(uint32_t handle, std::string_view kind) {
  if (handle == 0) return;
  EXPECT_FALSE(ended_.contains(handle))
      << name << " has told of " << ended_[handle] << " " << handle << ", which has ended";
  if (!kind.empty()) live_[handle] = kind;
}

void Party::NoteReply(const Command& command, uint32_t handle) {
  // Of a transaction that is driven the number is no handle.
  if (handle == 0 || std::holds_alternative<DriveTransaction>(command)) return;
  const std::string_view kind = std::visit(
      Overload{[](const CreateCore&) { return "core"; }, [](const Respond&) { return "dialog"; },
               [](const CreateRegistration&) { return "registration"; },
               [](const StartTransaction&) { return "transaction"; },
               [](const auto&) { return "client"; }},
      command);
  Note(handle, kind);
  if (kind == "client") client = static_cast<ClientHandle>(handle);
  if (kind == "dialog") dialog = static_cast<DialogHandle>(handle);
}

void Party::CheckText(std::string_view text) const {
  const Message message = Read(text);
  std::set<HeaderId> seen;
  for (const HeaderField& field : message.fields()) {
    if (MayRepeat(field.id)) continue;
    EXPECT_TRUE(seen.insert(field.id).second) << field.name << " is there twice:\n" << text;
  }
  if (message.is_request()) {
    EXPECT_NE(message.from_tag(), "") << text;
    EXPECT_TRUE(seen.contains(HeaderId::kMaxForwards)) << text;
  } else if (message.status() > 100) {
    EXPECT_NE(message.to_tag(), "") << text;
  }
}

std::string Party::Describe(const Event& event) {
  const auto within = [](DialogHandle handle) { return IsSet(handle) ? " in dialog" : ""; };
  return std::visit(
      Overload{[](const Transmitted&) { return std::string(); },
               [&](const RequestReceived& each) {
                 return StrCat("request ", each.message->method(), within(each.dialog), " ",
                               Name(each.signaling));
               },
               [](const CancelReceived&) { return std::string("cancelled"); },
               [](const AckReceived& each) { return StrCat("ack ", Name(each.signaling)); },
               [](const AckTimedOut&) { return std::string("no ack"); },
               [&](const ResponseReceived& each) {
                 return StrCat("response ", each.message->status(), each.local ? " local" : "",
                               within(each.dialog), " ", Name(each.signaling));
               },
               [](const DialogChanged& each) {
                 if (each.subscription != SubscriptionState::kInitial) {
                   std::string line =
                       StrCat("subscription ", kSubscription[static_cast<int>(each.subscription)]);
                   if (each.subscription != SubscriptionState::kTerminated) {
                     StrAppend(&line, " ", each.expires);
                   }
                   if (each.again != kNever) StrAppend(&line, " again ", each.again);
                   return line;
                 }
                 return StrCat("dialog ", Name(each.state), " ", Name(each.signaling));
               },
               [](const RegistrationChanged& each) {
                 const bool registered = each.state == RegistrationState::kRegistered;
                 const int status = each.message == nullptr ? 0 : each.message->status();
                 std::string line = registered ? StrCat("registered ", each.expires)
                                               : StrCat("unregistered ", status);
                 if (each.refresh) line += " refresh";
                 if (each.local) line += " local";
                 if (each.retry_after > 0) StrAppend(&line, " retry ", each.retry_after);
                 return line;
               },
               [](const ResponseFailed&) { return std::string("response failed"); },
               [](const TransactionChanged& each) {
                 return StrCat("transaction ", static_cast<int>(each.state), " ", each.parts, " ",
                               each.text);
               },
               [&](const Terminated& each) {
                 // A client or server that the core kept to itself is nobody's business.
                 const auto found = live_.find(each.handle);
                 return found == live_.end() ? std::string() : StrCat("terminated ", found->second);
               },
               [](const Logged& each) {
                 return StrCat("log ", static_cast<int>(each.level), " ", each.category, ": ",
                               each.text);
               },
               [](const Discarded& each) { return StrCat("discarded: ", each.reason); }},
      event);
}

SendRequest Party::MakeRequest(std::string_view method, std::string_view target,
                               std::string body) const {
  SendRequest request = {.core = core,
                         .method = Keep(std::string(method)),
                         .request_uri = Keep(std::string(target)),
                         .from = Keep(StrCat("<", address(), ">;tag=", name, "-", tags_)),
                         .to = Keep(StrCat("<", target, ">")),
                         .call_id = Keep(StrCat("call-", name, "-", tags_)),
                         .cseq = 1};
  if (!body.empty()) {
    request.body = Keep(std::move(body));
    request.content_type =
        method == "INVITE" || method == "PRACK" ? "application/sdp" : "text/plain";
  }
  return request;
}

ClientHandle Party::Request(std::string_view method, std::string_view target, std::string body) {
  ++tags_;
  return static_cast<ClientHandle>(Do(MakeRequest(method, target, std::move(body))).handle);
}

ClientHandle Party::Invite(std::string_view target, std::string body,
                           std::vector<std::string> headers) {
  ++tags_;
  SendRequest request = MakeRequest("INVITE", target, std::move(body));
  request.headers = Lines(headers);
  return static_cast<ClientHandle>(Do(request).handle);
}

ClientHandle Party::Subscribe(std::string_view target, std::vector<std::string> headers) {
  ++tags_;
  SendRequest request = MakeRequest("SUBSCRIBE", target);
  request.headers = Lines(headers);
  return static_cast<ClientHandle>(Do(request).handle);
}

Reply Party::Answer(ServerHandle to, uint32_t status, std::string body,
                    std::vector<std::string> headers) {
  Respond respond = {.server = to, .status = status, .headers = Lines(headers)};
  if (!body.empty()) {
    respond.body = body;
    respond.content_type = "application/sdp";
  }
  return Do(respond);
}

Reply Party::Ack(ClientHandle invite, DialogHandle in, std::string body) {
  Acknowledge acknowledge = {.dialog = in, .client = invite};
  if (!body.empty()) {
    acknowledge.body = body;
    acknowledge.content_type = "application/sdp";
  }
  return Do(acknowledge);
}

ClientHandle Party::InDialog(DialogHandle in, std::string_view method, std::string body,
                             std::vector<std::string> headers) {
  SendInDialog request = {.dialog = in, .method = method, .headers = Lines(headers)};
  if (!body.empty()) {
    request.body = Keep(std::move(body));
    request.content_type =
        method == "INVITE" || method == "PRACK" ? "application/sdp" : "text/plain";
  }
  return static_cast<ClientHandle>(Do(request).handle);
}

RegistrationHandle Party::Registration(uint32_t expires, uint32_t refresh_percent) {
  ++tags_;
  const Reply reply =
      Do(CreateRegistration{.core = core,
                            .registrar = "sip:registrar.invalid",
                            .from = StrCat("<", address(), ">;tag=", name, "-", tags_),
                            .to = StrCat("<", address(), ">"),
                            .call_id = StrCat("registration-", name, "-", tags_),
                            .contact = configuration.contact,
                            .expires = expires,
                            .refresh_percent = refresh_percent});
  return static_cast<RegistrationHandle>(reply.handle);
}

std::string Party::address() const { return StrCat("sip:", name, "@", name, ".invalid"); }

std::vector<uint32_t> Party::handles(std::string_view kind) const {
  std::vector<uint32_t> handles;
  for (const auto& [handle, its_kind] : live_) {
    if (its_kind == kind) handles.push_back(handle);
  }
  return handles;
}

std::string Party::Living() const {
  std::vector<std::string> all;
  for (const auto& [handle, kind] : live_) all.push_back(StrCat(kind, " ", handle));
  return StrJoin(all, ", ");
}

}  // namespace sip
