#include "base/str_cat.h"

namespace sip::internal {

void Append(String& out, std::string_view text) { out.append(text); }
void Append(String& out, const String& text) { out.append(text); }
void Append(String& out, const char* text) { out.append(text); }

void AppendNumber(String& out, uint64_t magnitude, bool negative) {
  char digits[20];
  char* const end = digits + sizeof(digits);
  char* at = end;
  do {
    *--at = static_cast<char>('0' + magnitude % 10);
    magnitude /= 10;
  } while (magnitude != 0);
  if (negative) *--at = '-';
  out.append(std::string_view(at, static_cast<size_t>(end - at)));
}

}  // namespace sip::internal
