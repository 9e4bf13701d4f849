#include "tests/support/keep.h"

#include <cstdint>
#include <deque>
#include <utility>

namespace sip {

std::string_view Keep(std::string text) {
  static std::deque<std::string> texts;
  return texts.emplace_back(std::move(text));
}

HeaderLines Lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text.append(line).append("\r\n");
  return {.text = Keep(std::move(text)), .count = static_cast<uint32_t>(lines.size())};
}

}  // namespace sip
