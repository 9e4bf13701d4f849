#ifndef SIPWASM_TESTS_UNIT_TRANSACTIONS_TRANSACTION_TABLE_FIXTURE_H_
#define SIPWASM_TESTS_UNIT_TRANSACTIONS_TRANSACTION_TABLE_FIXTURE_H_

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "messages/parser.h"
#include "transactions/transaction_table.h"
#include "unit/transactions/machines.h"

namespace sip {

inline Message Parse(std::string_view text) {
  auto parsed = ParseMessage(text);
  EXPECT_TRUE(std::holds_alternative<Message>(parsed)) << text;
  return std::get<Message>(std::move(parsed));
}

// What a request that comes in can be made of.
struct Incoming {
  std::string method = "INVITE";
  std::string uri = "sip:bob@biloxi.example.com";
  std::string via = "SIP/2.0/UDP pc33.atlanta.example.com;branch=z9hG4bK776asdhds";
  std::string from = "Alice <sip:alice@atlanta.example.com>;tag=1928301774";
  std::string to = "Bob <sip:bob@biloxi.example.com>";
  std::string call_id = "a84b4c76e66710@pc33.atlanta.example.com";
  std::string cseq = "314159";

  operator Message() const {  // NOLINT(google-explicit-constructor)
    return Parse(StrCat(method, " ", uri, " SIP/2.0\r\nVia: ", via, "\r\nFrom: ", from,
                        "\r\nTo: ", to, "\r\nCall-ID: ", call_id, "\r\nCSeq: ", cseq, " ", method,
                        "\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n"));
  }
};

class TransactionTableTest : public testing::Test {
 protected:
  TransactionTableTest() { flow_.sent_by = "alice.invalid"; }

  void UseUdp() { flow_.transport = "UDP"; }
  void Wait(int64_t milliseconds) { context_.now += Milliseconds(milliseconds); }

  RequestParts Request(std::string_view method) const {
    RequestParts request;
    request.method = method;
    request.request_uri = "sip:bob@biloxi.example.com";
    request.from = "<sip:alice@atlanta.example.com>;tag=mine";
    request.to = "<sip:bob@biloxi.example.com>";
    request.call_id = "call-1";
    request.cseq = 7;
    request.routes = "Route: <sip:proxy.example.com;lr>\r\n";
    return request;
  }

  TransactionTable::Started StartClient(std::string_view method) {
    return table_.StartClient(Request(method), flow_, context_);
  }

  // The answer that a server builds to this request.
  Message Answer(const std::string& request, int status) {
    ResponseParts response;
    response.status = status;
    response.to_tag = status == 100 ? "" : "theirs";
    return Parse(BuildResponse(Parse(request), response));
  }

  TransactionHandle StartServer(const Message& request) {
    return table_.StartServer(request, flow_, context_);
  }

  TransactionOutcome Respond(TransactionHandle transaction, int status) {
    return table_.Respond(transaction, status, StrCat(status, " "), context_);
  }

  bool Matches(const Message& message) {
    return table_.Receive(message, context_).matched.has_value();
  }

  // Everything that is due.
  TransactionOutcomes Advance() {
    TransactionOutcomes outcomes;
    while (auto outcome = table_.Advance(context_)) outcomes.push_back(std::move(*outcome));
    return outcomes;
  }

  TransactionOutcomes AdvanceToDeadline() {
    context_.now = table_.deadline();
    return Advance();
  }

  // What the loss of the connection does.
  TransactionOutcomes FailAll() {
    TransactionOutcomes outcomes;
    for (const TransactionHandle transaction : table_.handles()) {
      TransactionOutcome outcome = table_.Fail(transaction);
      if (outcome.parts != 0) outcomes.push_back(std::move(outcome));
    }
    return outcomes;
  }

  // Nobody wants to be woken, and nothing is left to be found.
  void ExpectEmpty() {
    EXPECT_EQ(table_.size(), 0u);
    EXPECT_EQ(table_.deadline(), InfiniteFuture());
  }

  Entropy entropy_{"seed"};
  HandleSource handles_;
  Context context_{Start(), entropy_, handles_};
  Flow flow_;
  TransactionTable table_{Entropy("seed").TableSecret()};
};

}  // namespace sip

#endif  // SIPWASM_TESTS_UNIT_TRANSACTIONS_TRANSACTION_TABLE_FIXTURE_H_
