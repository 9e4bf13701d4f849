// The C++ half of embind for a door, in place of <emscripten/bind.h>; embind_library.js is the
// other and says what it can. Functions are called as they are: embind's own would put one in
// between for each signature, and tell JavaScript of types that it does not ask for.
#ifndef SIPWASM_WASM_THIN_EMBIND_H_
#define SIPWASM_WASM_THIN_EMBIND_H_

#define EMSCRIPTEN_BINDINGS(name) [[gnu::constructor]] static void embind_##name()

namespace emscripten {

extern "C" {
void _embind_register_class(const char* name, void* make);
void _embind_register_class_function(const char* name, void* function);
}

template <typename Class>
class class_ {
 public:
  explicit class_(const char* name) : name_(name) {}

  template <typename...>
  const class_& constructor() const {
    void* (*const make)() = [] { return static_cast<void*>(new Class()); };
    _embind_register_class(name_, reinterpret_cast<void*>(make));
    return *this;
  }

  // A function that takes a Class& first.
  template <typename Function>
  const class_& function(const char* name, Function* function) const {
    _embind_register_class_function(name, reinterpret_cast<void*>(function));
    return *this;
  }

 private:
  const char* name_;
};

}  // namespace emscripten

#endif  // SIPWASM_WASM_THIN_EMBIND_H_
