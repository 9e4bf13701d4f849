#ifndef SIPWASM_SRC_GRAMMAR_CSEQ_H_
#define SIPWASM_SRC_GRAMMAR_CSEQ_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace sip {

// RFC 3261 section 20.16. "The sequence number MUST be expressible as a 32-bit unsigned
// integer", and section 8.1.1.5 wants it below 2**31: larger ones are refused.
struct CSeq {
  uint32_t number = 0;
  std::string_view method;
};
std::optional<CSeq> ParseCSeq(std::string_view text);

// RFC 3262 section 7.2: RAck = response-num LWS CSeq-num LWS Method.
struct RAck {
  uint32_t response_number = 0;
  CSeq cseq;
};
std::optional<RAck> ParseRAck(std::string_view text);

}  // namespace sip

#endif  // SIPWASM_SRC_GRAMMAR_CSEQ_H_
