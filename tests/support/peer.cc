#include "tests/support/peer.h"

#include <gtest/gtest.h>

#include <utility>
#include <variant>

#include "base/str_cat.h"
#include "messages/builder.h"
#include "messages/parser.h"
#include "tests/support/keep.h"

namespace sip {
namespace {

std::string UriOf(const Message& message, HeaderId id) {
  const auto contact = message.GetNameAddr(id);
  return contact.has_value() ? std::string(contact->uri.text) : "";
}

}  // namespace

Message Read(std::string_view text) {
  auto parsed = ParseMessage(text);
  if (auto* malformed = std::get_if<MalformedMessage>(&parsed)) {
    ADD_FAILURE() << malformed->reason << "\n" << text;
    return Read(
        "OPTIONS sip:x SIP/2.0\r\nVia: SIP/2.0/WS x\r\nFrom: <sip:x>;tag=x\r\n"
        "To: <sip:x>\r\nCall-ID: x\r\nCSeq: 1 OPTIONS\r\n\r\n");
  }
  return std::move(std::get<Message>(parsed));
}

Message Peer::Take() {
  if (taken_ == received.size()) {
    ADD_FAILURE() << name << " has received nothing more";
    return Read("");
  }
  return Read(received[taken_++]);
}

void Peer::Answer(const Message& request, int status, const PeerResponse& response) {
  ResponseParts parts = {.status = status,
                         .to_tag = status == 100 ? std::string_view() : response.tag};
  std::string headers(Lines(response.headers).text);
  if (status > 100 && status < 300 && request.method() == "INVITE") {
    StrAppend(&headers, "Contact: <sip:", name, "@", name, ".invalid;transport=ws>\r\n");
  }
  if (!response.body.empty()) {
    parts.body = {.content = response.body, .content_type = "application/sdp"};
  }
  parts.headers = headers;
  Send(BuildResponse(request, parts));
}

Message Peer::Ask(PeerRequest request) {
  if (request.branch.empty()) request.branch = StrCat("z9hG4bK", name, ++branches_);
  RequestParts parts = {.method = request.method,
                        .request_uri = request.uri,
                        .from = request.from,
                        .to = request.to,
                        .call_id = request.call_id,
                        .cseq = request.cseq};
  std::string headers(Lines(request.headers).text);
  if (request.method == "INVITE" || request.method == "REFER" || request.method == "NOTIFY") {
    StrAppend(&headers, "Contact: <sip:", name, "@", name, ".invalid;transport=ws>\r\n");
  }
  if (!request.body.empty()) {
    parts.body = {.content = request.body, .content_type = request.content_type};
  }
  parts.headers = headers;
  std::string text = BuildRequest(parts, BuildVia("WS", StrCat(name, ".invalid"), request.branch));
  Message message = Read(text);
  Send(std::move(text));
  return message;
}

void Peer::Ack(const Message& invite, const Message& response) {
  PeerRequest ack = WithinSent(invite, response, "ACK", invite.cseq().number);
  if (response.status() >= 300) {
    ack.uri = std::string(invite.request_uri());
    ack.branch = std::string(invite.via().branch());
  }
  Ask(std::move(ack));
}

PeerRequest Peer::WithinReceived(const Message& invite, std::string method, uint32_t cseq,
                                 std::string tag) const {
  return {.method = std::move(method),
          .uri = UriOf(invite, HeaderId::kContact),
          .from = StrCat(*invite.Get(HeaderId::kTo), ";tag=", tag),
          .to = std::string(*invite.Get(HeaderId::kFrom)),
          .call_id = std::string(invite.call_id()),
          .cseq = cseq};
}

PeerRequest Peer::WithinSent(const Message& invite, const Message& response, std::string method,
                             uint32_t cseq) const {
  std::string target = UriOf(response, HeaderId::kContact);
  if (target.empty()) target = std::string(invite.request_uri());
  return {.method = std::move(method),
          .uri = std::move(target),
          .from = std::string(*invite.Get(HeaderId::kFrom)),
          .to = std::string(*response.Get(HeaderId::kTo)),
          .call_id = std::string(invite.call_id()),
          .cseq = cseq};
}

}  // namespace sip
