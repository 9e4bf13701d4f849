// The JavaScript half of embind for a door: one class without a base, a constructor without
// parameters, functions of up to three 32-bit integers and `double`. It takes the place of Emscripten's
// embind.js, which brings inheritance, smart pointers, overloads and strings, four times the size of
// all other glue. thin_embind.h is the other half.
//
// For Emscripten 3.1.6; `npm run build -- --debug` takes Emscripten's own, which checks the number and
// the types of arguments.

mergeInto(LibraryManager.library, {
  /** The constructor of the class. */
  $embindClass: null,

  $embindName: function (address) {
    let name = "";
    while (HEAPU8[address]) name += String.fromCharCode(HEAPU8[address++]);
    return name;
  },

  _embind_register_class__deps: ["$embindClass", "$embindName"],
  _embind_register_class: function (name, make) {
    Module[embindName(name)] = embindClass = function () {
      this.address = wasmTable.get(make)();
    };
  },

  _embind_register_class_function__deps: ["$embindClass", "$embindName"],
  _embind_register_class_function: function (name, index) {
    let call;
    // WebAssembly passes over arguments that a function does not have. A list of them would be made
    // for each call.
    embindClass.prototype[embindName(name)] = function (a, b, c) {
      if (call) return call(this.address, a, b, c);
      // The first call may put another in its place, see js/engine/module.ts.
      const result = wasmTable.get(index)(this.address, a, b, c);
      call = wasmTable.get(index);
      return result;
    };
  }
});
