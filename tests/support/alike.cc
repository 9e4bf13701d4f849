#include "tests/support/alike.h"

#include <algorithm>
#include <cstddef>

#include "absl/algorithm/container.h"

namespace sip {
namespace {

constexpr size_t kShortestToken = 8;   // a tag of the core has 10 characters, a branch more
constexpr size_t kShortestNumber = 5;  // of random numbers: RSeq

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsWord(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '*';
}

// The first word of a text; the first character if it is none.
std::string_view FirstWord(std::string_view text) {
  const size_t length = absl::c_find_if_not(text, IsWord) - text.begin();
  return text.substr(0, std::max<size_t>(length, 1));
}

bool MayBeRandom(std::string_view recorded, std::string_view actual) {
  if (recorded.size() == actual.size() && recorded.size() >= kShortestToken) return true;
  return std::min(recorded.size(), actual.size()) >= kShortestNumber &&
         absl::c_all_of(recorded, IsDigit) && absl::c_all_of(actual, IsDigit);
}

}  // namespace

bool IsHandle(std::string_view name) {
  constexpr std::string_view kNames[] = {"core",        "origin",       "dialog",
                                         "client",      "server",       "request",
                                         "transaction", "registration", "handle"};
  return absl::c_linear_search(kNames, name);
}

bool Likeness::Alike(const Json& recorded, const Json& actual) {
  Likeness learnt = *this;
  if (!learnt.FieldsAlike(recorded, actual)) return false;
  *this = learnt;
  return true;
}

bool Likeness::FieldsAlike(const Json& recorded, const Json& actual) {
  for (const auto& [name, value] : recorded.items()) {
    const auto found = actual.find(name);
    if (found == actual.end() || !FieldAlike(name, value, *found)) return false;
  }
  return true;
}

bool Likeness::FieldAlike(const std::string& name, const Json& recorded, const Json& actual) {
  if (recorded.is_number_unsigned() && actual.is_number_unsigned() && IsHandle(name)) {
    return HandlesAlike(recorded.get<uint32_t>(), actual.get<uint32_t>());
  }
  if (recorded.is_string() && actual.is_string()) {
    return TextsAlike(recorded.get_ref<const std::string&>(), actual.get_ref<const std::string&>());
  }
  if (recorded.is_object() && actual.is_object()) return FieldsAlike(recorded, actual);
  if (recorded.is_array() && actual.is_array() && recorded.size() == actual.size()) {
    for (size_t i = 0; i < recorded.size(); ++i) {
      if (!FieldAlike("", recorded[i], actual[i])) return false;
    }
    return true;
  }
  return recorded == actual;
}

bool Likeness::HandlesAlike(uint32_t recorded, uint32_t actual) {
  if (recorded == 0 || actual == 0) return recorded == actual;
  return handles_.emplace(recorded, actual).first->second == actual;
}

bool Likeness::TextsAlike(std::string_view recorded, std::string_view actual) {
  while (!recorded.empty() && !actual.empty()) {
    const std::string_view was = FirstWord(recorded);
    const std::string_view is = FirstWord(actual);
    if (!WordsAlike(was, is)) return false;
    recorded.remove_prefix(was.size());
    actual.remove_prefix(is.size());
  }
  return recorded.empty() && actual.empty();
}

bool Likeness::WordsAlike(std::string_view recorded, std::string_view actual) {
  if (recorded.find('*') != std::string_view::npos) return recorded.size() == actual.size();
  const auto known = words_.find(recorded);
  if (known != words_.end()) return known->second == actual;
  if (recorded == actual) return true;
  if (!MayBeRandom(recorded, actual)) return false;
  words_.emplace(recorded, actual);
  return true;
}

uint32_t Likeness::Handle(uint32_t recorded) const {
  const auto found = handles_.find(recorded);
  return found == handles_.end() ? 0 : found->second;
}

std::string Likeness::TranslatedText(std::string_view recorded) const {
  std::string text;
  while (!recorded.empty()) {
    const std::string_view word = FirstWord(recorded);
    const auto found = words_.find(word);
    text += found == words_.end() ? word : std::string_view(found->second);
    recorded.remove_prefix(word.size());
  }
  return text;
}

Json Likeness::Translated(const Json& recorded) const {
  if (recorded.is_string()) return TranslatedText(recorded.get_ref<const std::string&>());
  if (!recorded.is_object() && !recorded.is_array()) return recorded;
  Json translated = recorded;
  for (auto& field : translated.items()) {
    Json& value = field.value();
    const bool is_handle = value.is_number_unsigned() && IsHandle(field.key());
    value = is_handle ? Json(Handle(value.get<uint32_t>())) : Translated(value);
  }
  return translated;
}

}  // namespace sip
