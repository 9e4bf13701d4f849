#ifndef SIPWASM_SRC_DIALOGS_RELIABLE_PROVISIONALS_H_
#define SIPWASM_SRC_DIALOGS_RELIABLE_PROVISIONALS_H_

#include <cstdint>
#include <memory>
#include <string_view>

#include "base/entropy.h"
#include "base/string.h"
#include "base/time.h"
#include "dialogs/repeated_response.h"
#include "grammar/cseq.h"

namespace sip {

inline constexpr std::string_view k100rel = "100rel";

// RFC 3262: provisional responses to an INVITE that are numbered by RSeq and acknowledged by PRACK.
// Of one dialog, from either side.
class ReliableProvisionals {
 public:
  // As UAS: the RSeq for the next response to the INVITE with this number.
  uint32_t Next(uint32_t cseq, Entropy& entropy);

  // It went out; `description`: with a session description.
  void Await(String text, bool description, Time now);

  // Whether one to the INVITE with this number waits for its PRACK; and whether it has a session
  // description. An earlier INVITE's, which may wait forever, is in nobody's way.
  bool AwaitsPrack(uint32_t cseq) const { return awaits_prack_ && sent_cseq_ == cseq; }
  bool AwaitsDescription(uint32_t cseq) const { return AwaitsPrack(cseq) && description_; }

  // A PRACK came. False if it is for none that waits.
  bool Acknowledge(const RAck& rack);

  // The INVITE has its final response: nothing goes out again, though a PRACK may still come.
  void Stop() { repeated_.reset(); }

  // As UAC: a response to the INVITE with this number came. False if it is to be ignored.
  bool Receive(uint32_t cseq, uint32_t number);

  std::unique_ptr<RepeatedResponse>& repeated() { return repeated_; }
  Time deadline() const { return repeated_ != nullptr ? repeated_->deadline() : InfiniteFuture(); }

 private:
  uint32_t sent_cseq_ = 0;
  uint32_t sent_number_ = 0;  // the last
  bool awaits_prack_ = false;
  bool description_ = false;
  std::unique_ptr<RepeatedResponse> repeated_;

  uint32_t received_cseq_ = 0;
  uint32_t received_number_ = 0;  // the last in order
};

}  // namespace sip

#endif  // SIPWASM_SRC_DIALOGS_RELIABLE_PROVISIONALS_H_
