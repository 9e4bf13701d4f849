#include "base/str_cat.h"

namespace sip {

void Piece::Print(uint64_t magnitude, bool negative) {
  char* const end = digits_ + sizeof(digits_);
  char* at = end;
  do {
    *--at = static_cast<char>('0' + magnitude % 10);
    magnitude /= 10;
  } while (magnitude != 0);
  if (negative) *--at = '-';
  text_ = std::string_view(at, static_cast<size_t>(end - at));
}

void AppendPieces(std::string& out, std::initializer_list<const Piece*> pieces) {
  size_t size = out.size();
  for (const Piece* piece : pieces) size += piece->text().size();
  if (size > out.capacity()) out.reserve(size < 2 * out.capacity() ? 2 * out.capacity() : size);
  for (const Piece* piece : pieces) out.append(piece->text());
}

}  // namespace sip
