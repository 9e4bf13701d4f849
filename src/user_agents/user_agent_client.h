#ifndef SIPWASM_SRC_USER_AGENTS_USER_AGENT_CLIENT_H_
#define SIPWASM_SRC_USER_AGENTS_USER_AGENT_CLIENT_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "base/handles.h"
#include "base/list.h"
#include "base/status.h"
#include "base/string.h"
#include "dialogs/offer_answer.h"
#include "messages/builder.h"
#include "messages/digest.h"
#include "messages/message.h"
#include "user_agents/command.h"
#include "user_agents/core_configuration.h"
#include "user_agents/wire.h"

// RFC 3261 section 8.1: the client side of one request: the request as it was ordered, the
// transaction that carries it at the moment, and the challenges answered on the way (section 22).
namespace sip {

struct Turn;

// What only an INVITE has (sections 9.1 and 13.2).
struct InviteAttempt {
  OfferAnswer offer_answer;    // of the INVITE; each dialog that it makes goes on from here
  List<DialogHandle> dialogs;  // one per To tag (forking)
  bool provisional_received = false;

  // RFC 3261 section 9.1: "If no provisional response has been received, the CANCEL request MUST
  // NOT be sent; rather, the client MUST wait for the arrival of a provisional response".
  std::optional<String> waiting_cancel;  // its further header lines
  bool cancelled = false;
};

// One per realm.
using Challenges = OwningList<DigestChallenge>;

struct UserAgentClient {
  ClientHandle handle{};
  Kept<RequestParts> request;         // as it was sent last
  DialogHandle dialog{};              // the request belongs to it; 0 outside of dialogs
  RegistrationHandle registration{};  // who wants to know how it went, instead of the user
  bool silent = false;                // the core's own request: nobody is told of it
  bool refresh = false;               // a REGISTER that nobody ordered
  bool final_received = false;
  TransactionHandle transaction{};
  bool watched = false;   // the user wants to know of its transaction's states
  Challenges challenges;  // answered
  uint8_t attempts = 0;   // to answer challenges
  std::optional<InviteAttempt> invite;

  // Of an INVITE, the last answer whose dialog has ended: its To tag, and the ACK that it gets when
  // it comes again.
  String ended_tag;
  String ended_ack;
};

struct ClientOptions {
  DialogHandle dialog{};
  RegistrationHandle registration{};
  bool silent = false;
  bool refresh = false;
  uint32_t after = 0;  // seconds until it is sent
};

// Our answers to these challenges, for a request, as header lines.
String AnswersTo(Turn& turn, const Challenges& challenges, const RequestParts& request);

// Makes a client and sends its request, in time. The request is complete; its header lines are
// checked.
ClientHandle StartClient(Turn& turn, RequestParts request, const ClientOptions& options = {});

// Sends the request of a client, or another one in its place, in a transaction of its own.
void SendClient(Turn& turn, UserAgentClient& client, const RequestParts& request);

// Makes the client of a CANCEL, whose transaction has been started.
ClientHandle AddCancel(Turn& turn, TransactionHandle transaction);

// A response that the transaction passed up, or with `local` one that stands for its failure.
void ReceiveResponse(Turn& turn, UserAgentClient& client, const Message& response, bool local);

// RFC 3261 section 8.1.3.1: "When a timeout error is received from the transaction layer, it MUST
// be treated as if a 408 (Request Timeout) status code has been received." A connection failure
// "MUST be treated as a 503 (Service Unavailable) status code". `request` is the text that was
// sent.
void ReceiveLocalResponse(Turn& turn, UserAgentClient& client, std::string_view request,
                          int status);

// The transaction is over: so is the client, unless it has gone on with another one.
void ClientTransactionEnded(Turn& turn, TransactionHandle transaction);

// Ends a client and its transaction without a word.
void DisposeClientNow(Turn& turn, ClientHandle client);

Status Perform(Turn& turn, const FormatCredentials& command, Reply& reply);

// The header lines of a request, with Contact, Allow, Supported and User-Agent where RFC 3261 table
// 2 wants or allows them and it does not have them. `dialog`: the one it is sent in.
String WithDefaultHeaders(Turn& turn, const RequestParts& request, DialogHandle dialog = {});

// Adds the Contact of a dialog, if it has one of its own and `lines` have none.
void AddDialogContact(Turn& turn, DialogHandle dialog, String& lines);

// Adds a line unless there is one of this name, or it would be empty.
void AddDefault(String& lines, HeaderId id, std::string_view value);

// The body of a command.
template <typename Command>
Body BodyOf(const Command& command) {
  return {.content = command.body,
          .content_type = command.content_type,
          .content_disposition = command.content_disposition};
}

// What a request outside of dialogs takes from its user: From with its tag, To, Call-ID.
Status CheckIdentity(std::string_view from, std::string_view to, std::string_view call_id);

// What number a request may take from its user: below 2**30.
Status CheckSequence(uint32_t cseq);

// Whether a body is a session description: RFC 3261 section 20.11: "If the Content-Disposition
// header field is missing, bodies of Content-Type application/sdp imply the disposition "session"".
bool IsSessionDescription(const Body& body);
bool HasSessionDescription(const Message& message);

}  // namespace sip

#endif  // SIPWASM_SRC_USER_AGENTS_USER_AGENT_CLIENT_H_
