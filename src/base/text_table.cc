#include "base/text_table.h"

#include <utility>

namespace sip {

TextTable::~TextTable() {
  for (const uint32_t hash : nodes_.Keys()) delete reinterpret_cast<Node*>(nodes_.Set(hash, 0));
}

uint32_t TextTable::Find(std::string_view text) const {
  const auto* node = reinterpret_cast<const Node*>(nodes_.Find(Hash(text, secret_)));
  while (node != nullptr && node->text != text) node = node->next.get();
  return node == nullptr ? 0 : node->value;
}

void TextTable::Set(std::string_view text, uint32_t value) {
  const uint32_t hash = Hash(text, secret_);
  std::unique_ptr<Node> first(reinterpret_cast<Node*>(nodes_.Find(hash)));
  std::unique_ptr<Node>* place = &first;
  while (*place != nullptr && (*place)->text != text) place = &(*place)->next;
  if (*place == nullptr) {
    if (value != 0) {
      place->reset(new Node{String(text), value, nullptr});
      ++size_;
    }
  } else if (value != 0) {
    (*place)->value = value;
  } else {
    *place = std::move((*place)->next);
    --size_;
  }
  nodes_.Set(hash, reinterpret_cast<uintptr_t>(first.release()));
}

uint32_t TextTable::Hash(std::string_view text, uint32_t secret) {
  constexpr uint32_t kPrime = 0x7FFFFFFF;
  uint64_t hash = 1;
  for (const char c : text) {
    hash = hash * secret + static_cast<unsigned char>(c);
    hash = (hash & kPrime) + (hash >> 31);  // the same modulo the prime, and below 2^32
  }
  return static_cast<uint32_t>(hash);
}

}  // namespace sip
