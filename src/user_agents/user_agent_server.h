#ifndef SIPWASM_SRC_USER_AGENTS_USER_AGENT_SERVER_H_
#define SIPWASM_SRC_USER_AGENTS_USER_AGENT_SERVER_H_

#include <string_view>
#include <utility>

#include "base/handles.h"
#include "base/status.h"
#include "base/string.h"
#include "messages/builder.h"
#include "user_agents/command.h"
#include "user_agents/event.h"

// RFC 3261 section 8.2: the server side of one request: inspection of method and header fields, and
// the response.
namespace sip {

struct Turn;

struct UserAgentServer {
  explicit UserAgentServer(Message message) : request(std::move(message)) {}

  ServerHandle handle{};
  Message request;
  TransactionHandle transaction{};

  // RFC 3261 section 8.2.6.2: "the same tag MUST be used for all responses to that request, both
  // final and provisional (again excepting the 100 (Trying))."
  String to_tag;
  int status = 0;           // last sent, 0 if none
  DialogHandle dialog{};    // that the request belongs to, or made
  bool watched = false;     // the user wants to know of its transaction's states
  DialogHandle referred{};  // of an accepted REFER: where its NOTIFYs go
};

// A request that no transaction knew, ACK and CANCEL aside: makes its server and answers it, or
// hands it to the user.
void ReceiveRequest(Turn& turn, Message request);

// Answers by the core's own decision.
void RespondNow(Turn& turn, UserAgentServer& server, int status, std::string_view headers = "");

// Answers, with what every response of ours carries, and returns the text that was sent.
String SendResponse(Turn& turn, UserAgentServer& server, ResponseParts response);

Status Perform(Turn& turn, const ServeRequest& command, Reply& reply);
Status Perform(Turn& turn, const Respond& command, Reply& reply);
Status Perform(Turn& turn, const FormatResponse& command, Reply& reply);

// The transaction is over, and so is the server, unless a REFER's subscription needs it.
void ServerTransactionEnded(Turn& turn, TransactionHandle transaction);

// Ends a server and its transaction without a word.
void EndServer(Turn& turn, ServerHandle server);

// RFC 4320 section 4.1: a non-INVITE request that got no answer in 64*T1 cannot be answered any
// more.
void AdvanceServer(Turn& turn, ServerHandle server);

}  // namespace sip

#endif  // SIPWASM_SRC_USER_AGENTS_USER_AGENT_SERVER_H_
