#ifndef SIPWASM_SRC_BASE_TEXT_TABLE_H_
#define SIPWASM_SRC_BASE_TEXT_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "base/number_table.h"
#include "base/string.h"

namespace sip {

// Numbers (handles, counts) by text. A NumberTable of the texts' hashes leads to chains of those
// that have the same one. The texts are the peers' to choose (Call-IDs, tags, branches), so the
// hash has a secret: without it nobody can choose many texts that share a chain.
class TextTable {
 public:
  // The secret is below 2^30, see Entropy::TableSecret.
  explicit TextTable(uint32_t secret) : secret_(secret) {}
  TextTable(const TextTable&) = delete;
  TextTable& operator=(const TextTable&) = delete;
  ~TextTable();

  // 0 if there is none.
  uint32_t Find(std::string_view text) const;

  // The value 0 takes the text out.
  void Set(std::string_view text, uint32_t value);

  size_t size() const { return size_; }

  // The text as a polynomial over the integers modulo the prime 2^31 - 1, at the place `secret`
  // (Carter and Wegman, Universal Classes of Hash Functions, 1979): two texts of n octets have the
  // same hash for n of the 2^30 secrets at most.
  static uint32_t Hash(std::string_view text, uint32_t secret);

 private:
  struct Node {
    String text;
    uint32_t value;
    std::unique_ptr<Node> next;
  };

  NumberTable nodes_;  // the first Node of each chain, owned
  uint32_t secret_;
  size_t size_ = 0;
};

}  // namespace sip

#endif  // SIPWASM_SRC_BASE_TEXT_TABLE_H_
