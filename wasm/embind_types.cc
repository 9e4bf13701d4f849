// The types that the door's functions may have: void, bool, the integers of 32 bits, double. This
// takes the place of Emscripten's own list (libembind), which registers strings, views and floats
// of every kind as well, and brings a printf in C. See embind_library.js, the other half.

#include <emscripten/bind.h>

#include <limits>

namespace {

template <typename T>
void RegisterInteger(const char* name) {
  using Limits = std::numeric_limits<T>;
  emscripten::internal::_embind_register_integer(emscripten::internal::TypeID<T>::get(), name,
                                                 sizeof(T), Limits::min(), Limits::max());
}

__attribute__((constructor)) void RegisterTypes() {
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

}  // namespace
