// The types that the door's functions may have: void, bool, the integers up to 32 bits, double.
// This takes the place of Emscripten's own list (libembind), which registers strings, views and
// floats of every kind as well, and brings along their code in JavaScript and a printf in C.
//
// For Emscripten 3.1.6, whose glue calls these two functions by name; CMakeLists.txt takes
// Emscripten's own list with any other version.

#include <emscripten/bind.h>
#include <emscripten/emscripten.h>

#include <cstdlib>
#include <limits>
#include <typeinfo>

namespace {

template <typename T>
void RegisterInteger(const char* name) {
  using Limits = std::numeric_limits<T>;
  emscripten::internal::_embind_register_integer(emscripten::internal::TypeID<T>::get(), name,
                                                 sizeof(T), Limits::min(), Limits::max());
}

}  // namespace

extern "C" {

// The name of a type in a message about a type that is not registered; the caller frees it.
EMSCRIPTEN_KEEPALIVE const char* __getTypeName(const std::type_info*) {
  return static_cast<const char*>(calloc(1, 1));
}

EMSCRIPTEN_KEEPALIVE __attribute__((constructor)) void
__embind_register_native_and_builtin_types() {
  using emscripten::internal::TypeID;
  emscripten::internal::_embind_register_void(TypeID<void>::get(), "void");
  emscripten::internal::_embind_register_bool(TypeID<bool>::get(), "bool", sizeof(bool), true,
                                              false);
  RegisterInteger<int>("int");
  RegisterInteger<unsigned int>("unsigned int");
  RegisterInteger<long>("long");
  RegisterInteger<unsigned long>("unsigned long");
  emscripten::internal::_embind_register_float(TypeID<double>::get(), "double", sizeof(double));
}

}  // extern "C"
