#ifndef SIPWASM_TESTS_FUZZ_WORDS_H_
#define SIPWASM_TESTS_FUZZ_WORDS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "tests/fuzz/input.h"

// What a trace of the fuzzer is made of: values for the fields of commands, by their names, and
// lines that a peer sends. An unknown field gets octets of the input, and so does now and then any
// other whose value the core checks.
namespace sip {

std::string TextFor(std::string_view field, Input& input);
uint32_t NumberFor(std::string_view field, Input& input);

// Header lines of an application, and of a peer (with its line end).
std::string ApplicationLine(Input& input);
std::string PeerLine(Input& input);

std::string_view Method(Input& input);
uint32_t StatusCode(Input& input);
std::string_view Tag(Input& input);
std::string_view Sdp(Input& input);

// Changes some octets of the text.
void Mutate(std::string& text, Input& input);

}  // namespace sip

#endif  // SIPWASM_TESTS_FUZZ_WORDS_H_
