#ifndef SIPWASM_TESTS_SUPPORT_ALIKE_H_
#define SIPWASM_TESTS_SUPPORT_ALIKE_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "tests/support/json_wire.h"

namespace sip {

// Tells whether what happened is what was recorded but for what is random, and learns which handle
// and which random word of the recording stand for which ones now.
class Likeness {
 public:
  // Whether each field that was recorded is there and alike. Learns only if that is so.
  bool Alike(const Json& recorded, const Json& actual);

  // A command or a received text as it is to go in now.
  Json Translated(const Json& recorded) const;
  std::string TranslatedText(std::string_view recorded) const;

  // The handle now; 0 for one that was not heard of.
  uint32_t Handle(uint32_t recorded) const;
  void Learn(uint32_t recorded, uint32_t actual) { handles_[recorded] = actual; }

 private:
  bool FieldsAlike(const Json& recorded, const Json& actual);
  bool FieldAlike(const std::string& name, const Json& recorded, const Json& actual);
  bool HandlesAlike(uint32_t recorded, uint32_t actual);
  bool TextsAlike(std::string_view recorded, std::string_view actual);
  bool WordsAlike(std::string_view recorded, std::string_view actual);

  std::map<uint32_t, uint32_t> handles_;
  std::map<std::string, std::string, std::less<>> words_;
};

// Whether a field of commands, replies or events with this name holds a handle.
bool IsHandle(std::string_view name);

}  // namespace sip

#endif  // SIPWASM_TESTS_SUPPORT_ALIKE_H_
