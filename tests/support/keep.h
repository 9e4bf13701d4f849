#ifndef SIPWASM_TESTS_SUPPORT_KEEP_H_
#define SIPWASM_TESTS_SUPPORT_KEEP_H_

#include <string>
#include <string_view>
#include <vector>

#include "messages/builder.h"

namespace sip {

// A text that lives until the program ends, for the commands of a test, which only point at texts.
std::string_view Keep(std::string text);

// Header lines of a command, of lines without line ends.
HeaderLines Lines(const std::vector<std::string>& lines);

}  // namespace sip

#endif  // SIPWASM_TESTS_SUPPORT_KEEP_H_
