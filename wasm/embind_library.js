// The JavaScript half of embind for a door: classes without a base, a constructor without parameters,
// functions of integers, `bool` and `double`. It takes the place of Emscripten's embind.js, which
// brings inheritance, smart pointers, overloads and strings, four times the size of all other glue.
//
// For Emscripten 3.1.6, like embind_types.cc; `npm run build -- --debug` takes Emscripten's own, which
// checks the number and the types of arguments.

mergeInto(LibraryManager.library, {
  /** What becomes of a result, by type; a type that is not here is passed on as it is. */
  $embindConversions: {},
  /** Constructors by type. */
  $embindClasses: {},

  $embindName: function (address) {
    let name = "";
    while (HEAPU8[address]) name += String.fromCharCode(HEAPU8[address++]);
    return name;
  },

  _embind_register_bool__deps: ["$embindConversions"],
  _embind_register_bool: function (type) {
    embindConversions[type] = Boolean;
  },

  // WebAssembly gives every 32-bit integer as a signed one; of unsigned ones embind_types.cc tells.
  _embind_register_integer__deps: ["$embindConversions"],
  _embind_register_integer: function (type) {
    embindConversions[type] = (value) => value >>> 0;
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
  _embind_register_class_function__deps: ["$embindClasses", "$embindConversions", "$embindName"],
  _embind_register_class_function: function (type, name, count, types, sign, invoker, context) {
    const call = wasmTable.get(invoker);
    const result = HEAP32[types >> 2];
    embindClasses[type].prototype[embindName(name)] = function (...parameters) {
      const value = call(context, this.address, ...parameters);
      const convert = embindConversions[result];
      return convert ? convert(value) : value;
    };
  }
});
