#ifndef SIPWASM_TESTS_SUPPORT_PEER_H_
#define SIPWASM_TESTS_SUPPORT_PEER_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "messages/message.h"

namespace sip {

// A message read, which a test trusts to be one.
Message Read(std::string_view text);

// What a peer answers.
struct PeerResponse {
  std::string tag = "peer";               // of To, if the request has none there
  std::vector<std::string> headers = {};  // lines; a Contact is added to what makes a dialog
  std::string body = "";
};

// What a peer asks.
struct PeerRequest {
  std::string method;
  std::string uri = "sip:alice@alice.invalid";
  std::string from = "<sip:bob@bob.invalid>;tag=peer";
  std::string to = "<sip:alice@alice.invalid>";
  std::string call_id = "call-of-peer";
  uint32_t cseq = 1;
  std::string branch = "";  // empty: a new one
  std::vector<std::string> headers = {};
  std::string body = "";
  std::string content_type = "application/sdp";
};

// The other end as a script: it answers nothing that the test does not answer.
class Peer {
 public:
  // `send` puts a text on the wire, and lets it arrive.
  Peer(std::string name, std::function<void(std::string)> send)
      : name(std::move(name)), send_(std::move(send)) {}

  void Receive(std::string_view text) { received.emplace_back(text); }

  // The oldest message that was not taken yet; a test fails if there is none.
  Message Take();

  void Send(std::string text) { send_(std::move(text)); }
  void Answer(const Message& request, int status, const PeerResponse& response = {});

  // Sends a request; returns it as it was sent.
  Message Ask(PeerRequest request);

  // The ACK to a 2xx, or to a refusal, that came for `invite`.
  void Ack(const Message& invite, const Message& response);

  // The form of a request within the dialog that `invite` (received, and answered with `tag`) or
  // (sent, and answered by `response`) made.
  PeerRequest WithinReceived(const Message& invite, std::string method, uint32_t cseq,
                             std::string tag = "peer") const;
  PeerRequest WithinSent(const Message& invite, const Message& response, std::string method,
                         uint32_t cseq) const;

  const std::string name;
  std::vector<std::string> received;

 private:
  std::function<void(std::string)> send_;
  size_t taken_ = 0;
  int branches_ = 0;
};

}  // namespace sip

#endif  // SIPWASM_TESTS_SUPPORT_PEER_H_
