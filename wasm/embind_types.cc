// The types of results that the door's functions may have and JavaScript has to convert: bool, and
// the unsigned integers of 32 bits. The signed ones and double it takes as they are. This takes the
// place of Emscripten's own list (libembind), which registers strings, views and floats of every
// kind as well, and brings a printf in C. See embind_library.js, the other half.

#include <emscripten/bind.h>

namespace {

template <typename T>
void RegisterUnsigned() {
  emscripten::internal::_embind_register_integer(emscripten::internal::TypeID<T>::get(), "",
                                                 sizeof(T), 0, 0);
}

__attribute__((constructor)) void RegisterTypes() {
  using emscripten::internal::TypeID;
  emscripten::internal::_embind_register_bool(TypeID<bool>::get(), "", sizeof(bool), true, false);
  RegisterUnsigned<unsigned int>();
  RegisterUnsigned<unsigned long>();
}

}  // namespace
