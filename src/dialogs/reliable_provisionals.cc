#include "dialogs/reliable_provisionals.h"

#include <utility>

#include "messages/method.h"

namespace sip {

uint32_t ReliableProvisionals::Next(uint32_t cseq, Entropy& entropy) {
  // RFC 3262 section 3: "The value of the header field for the first reliable provisional response
  // in a transaction MUST be between 1 and 2**31 - 1."
  if (sent_cseq_ != cseq) sent_number_ = entropy.Between(0, (1u << 31) - 2);
  sent_cseq_ = cseq;
  // "The value of the RSeq in each subsequent reliable provisional response for the same request
  // MUST be greater by exactly one."
  return ++sent_number_;
}

void ReliableProvisionals::Await(String text, bool description, Time now) {
  awaits_prack_ = true;
  description_ = description;
  // RFC 3262 section 3: "an interval that starts at T1 seconds and doubles for each
  // retransmission".
  repeated_ = std::make_unique<RepeatedResponse>(std::move(text), InfiniteDuration(), now);
}

bool ReliableProvisionals::Acknowledge(const RAck& rack) {
  // RFC 3262 section 3: "A matching PRACK is defined as one within the same dialog as the response,
  // and whose method, CSeq-num, and response-num in the RAck header field match, respectively, the
  // method from the CSeq, the sequence number from the CSeq, and the sequence number from the RSeq
  // of the reliable provisional response."
  if (!awaits_prack_ || rack.response_number != sent_number_ || rack.cseq.number != sent_cseq_ ||
      rack.cseq.method != method::kInvite) {
    return false;
  }
  awaits_prack_ = false;
  Stop();
  return true;
}

bool ReliableProvisionals::Receive(uint32_t cseq, uint32_t number) {
  // RFC 3262 section 4: "If the UAC receives another reliable provisional response to the same
  // request, and its RSeq value is not one higher than the value of the sequence number, that
  // response MUST NOT be acknowledged with a PRACK, and MUST NOT be processed further by the UAC."
  if (received_cseq_ == cseq && number != received_number_ + 1) return false;
  received_cseq_ = cseq;
  received_number_ = number;
  return true;
}

}  // namespace sip
