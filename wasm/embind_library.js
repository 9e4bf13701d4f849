// The JavaScript half of embind for a door: classes without a base, a constructor without parameters,
// functions of up to three 32-bit integers and `double`. It takes the place of Emscripten's embind.js,
// which brings inheritance, smart pointers, overloads and strings, four times the size of all other
// glue, and of its library in C++, which tells it of types.
//
// For Emscripten 3.1.6; `npm run build -- --debug` takes Emscripten's own, which checks the number and
// the types of arguments.

mergeInto(LibraryManager.library, {
  /** Constructors by type. */
  $embindClasses: {},

  $embindName: function (address) {
    let name = "";
    while (HEAPU8[address]) name += String.fromCharCode(HEAPU8[address++]);
    return name;
  },

  _embind_register_class__deps: ["$embindClasses", "$embindName"],
  // prettier-ignore
  _embind_register_class: function (
    type, pointerType, constPointerType, base, actualTypeSignature, actualType, upcastSignature,
    upcast, downcastSignature, downcast, name, destructorSignature, destructor
  ) {
    const constructor = (embindClasses[type] = function () {
      this.address = constructor.make();
    });
    constructor.prototype.delete = function () {
      wasmTable.get(destructor)(this.address);
    };
    Module[embindName(name)] = constructor;
  },

  _embind_register_class_constructor__deps: ["$embindClasses"],
  _embind_register_class_constructor: function (type, count, types, signature, invoker, make) {
    embindClasses[type].make = () => wasmTable.get(invoker)(make);
  },

  // prettier-ignore
  _embind_register_class_function__deps: ["$embindClasses", "$embindName"],
  _embind_register_class_function: function (type, name, count, types, sign, invoker, context) {
    const call = wasmTable.get(invoker);
    // WebAssembly passes over arguments that a function does not have. A list of them would be made
    // for each call.
    embindClasses[type].prototype[embindName(name)] = function (a, b, c) {
      return call(context, this.address, a, b, c);
    };
  }
});
