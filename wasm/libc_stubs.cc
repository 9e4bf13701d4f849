// What the C and C++ libraries would bring along and nothing here uses.

#include <cstddef>
#include <cstdint>

extern "C" {

// The C library reads the environment when it starts. There is none, and
// without these two functions the glue would bring code that makes one up.
uint16_t __wasi_environ_sizes_get(size_t *count, size_t *size) {
  *count = 0;
  *size = 0;
  return 0;
}

uint16_t __wasi_environ_get(char **, char *) { return 0; }

// The C library's look at several octets at once, at ten times the code. Long texts are not
// searched with these.
size_t strlen(const char *text) {
  const char *end = text;
  while (*end != '\0') ++end;
  return static_cast<size_t>(end - text);
}
void *memchr(const void *text, int octet, size_t size) {
  for (auto *at = static_cast<const unsigned char *>(text); size != 0; ++at, --size) {
    if (*at == static_cast<unsigned char>(octet)) return const_cast<unsigned char *>(at);
  }
  return nullptr;
}

// A trap is a WebAssembly.RuntimeError as well, and needs no function of the glue.
void abort() { __builtin_trap(); }

// The C++ library is compiled with type information, whose classes compare
// types for `catch` and `dynamic_cast`; this module is compiled without either.
// These are their vtables: nothing reads them.
extern const void *const _ZTVN10__cxxabiv117__class_type_infoE[3];
const void *const _ZTVN10__cxxabiv117__class_type_infoE[3] = {};
extern const void *const _ZTVN10__cxxabiv120__si_class_type_infoE[3];
const void *const _ZTVN10__cxxabiv120__si_class_type_infoE[3] = {};
extern const void *const _ZTVN10__cxxabiv121__vmi_class_type_infoE[3];
const void *const _ZTVN10__cxxabiv121__vmi_class_type_infoE[3] = {};

}  // extern "C"
