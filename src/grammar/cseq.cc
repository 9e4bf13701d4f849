#include "grammar/cseq.h"

#include "grammar/scanner.h"

namespace sip {
namespace {

// 1*DIGIT LWS, whose number is returned and taken off `text`.
std::optional<uint32_t> TakeNumber(std::string_view& text) {
  Scanner scanner(text);
  const std::optional<uint32_t> number = ReadNumber(scanner.ReadUntil(" \t\r\n"));
  scanner.SkipLws();
  text = scanner.rest();
  return number;
}

}  // namespace

std::optional<CSeq> ParseCSeq(std::string_view text) {
  text = TrimLws(text);
  const std::optional<uint32_t> number = TakeNumber(text);
  // RFC 3261 section 8.1.1.5: "The sequence number value MUST be expressible as a 32-bit unsigned
  // integer and MUST be less than 2**31."
  if (!number || *number >> 31 != 0 || !IsToken(text)) return std::nullopt;
  return CSeq{.number = *number, .method = text};
}

std::optional<RAck> ParseRAck(std::string_view text) {
  text = TrimLws(text);
  const std::optional<uint32_t> response_number = TakeNumber(text);
  const std::optional<CSeq> cseq = ParseCSeq(text);
  if (!response_number || !cseq) return std::nullopt;
  return RAck{.response_number = *response_number, .cseq = *cseq};
}

}  // namespace sip
