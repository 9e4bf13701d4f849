import { afterEach, expect, it, vi } from "vitest";
import { size } from "../../../js/engine/generated/sip-wasm-binary.js";

/** The loader as a page that has just loaded gets it: nothing is instantiated yet. */
async function freshModule() {
  vi.resetModules();
  return import("../../../js/engine/module.js");
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it("compiles nothing on import and once for any number of uses", async () => {
  const compile = vi.spyOn(WebAssembly, "Module");
  const { loadModule } = await freshModule();
  expect(compile).not.toHaveBeenCalled();
  const module = loadModule();
  const compiled = compile.mock.calls.length;
  expect(compiled).toBeGreaterThan(0);
  expect(loadModule()).toBe(module);
  expect(compile).toHaveBeenCalledTimes(compiled);
});

it("compiles ahead, once, so that the first use need not", async () => {
  const compile = vi.spyOn(WebAssembly, "compile");
  const { loadModule, preload } = await freshModule();
  await Promise.all([preload(), preload()]);
  const compiled = compile.mock.calls.length;
  expect(compiled).toBe(size ? 2 : 1);
  const atOnce = vi.spyOn(WebAssembly, "Module");
  const module = loadModule();
  await preload();
  expect(loadModule()).toBe(module);
  expect(atOnce).not.toHaveBeenCalled();
  expect(compile).toHaveBeenCalledTimes(compiled);
});

it("compiles the rest and its decoder when one of its functions is called, or when told to, once", async () => {
  for (const reason of ["call", "order", "both", "preload"]) {
    const { completeModule, loadModule, preload } = await freshModule();
    const { Door } = loadModule();
    const door = new Door();
    const compile = vi.spyOn(WebAssembly, "Module");
    if (reason === "preload") await preload();
    else if (reason !== "call") completeModule();
    // Without a core the text is no message, which the functions say that read one.
    const text = new TextEncoder().encode("OPTIONS sip:a@b SIP/2.0\r\n\r\n");
    for (let i = 0; i < 2; i++) {
      const at = door.text(text.length);
      loadModule().HEAPU8.set(text, at);
      expect(door.parse(2, at, text.length)).toBe(0);
    }
    completeModule();
    // The decoder, and unless that is compiled ahead, what it decodes.
    const expected = !size ? 0 : reason === "preload" ? 1 : 2;
    expect(compile, reason).toHaveBeenCalledTimes(expected);
    compile.mockRestore();
  }
});

it("keeps the module that was needed before it had been compiled ahead", async () => {
  const { loadModule, preload } = await freshModule();
  const preloaded = preload();
  const module = loadModule();
  await preloaded;
  expect(loadModule()).toBe(module);
});

it("names the keyword that a Content-Security-Policy lacks", async () => {
  const { loadModule, preload } = await freshModule();
  const refusal = new WebAssembly.CompileError("violates the Content Security policy");
  vi.spyOn(WebAssembly, "Module").mockImplementation(function () {
    throw refusal;
  });
  vi.spyOn(WebAssembly, "compile").mockRejectedValue(refusal);
  const what = /'wasm-unsafe-eval'.*violates the Content Security policy/;
  expect(loadModule).toThrow(what);
  expect(loadModule).toThrow(expect.objectContaining({ cause: refusal }));
  await expect(preload()).rejects.toThrow(what);
});

it("says so where there is no WebAssembly", async () => {
  const { loadModule, preload } = await freshModule();
  vi.stubGlobal("WebAssembly", undefined);
  expect(loadModule).toThrow("WebAssembly was refused");
  await expect(preload()).rejects.toThrow("WebAssembly was refused");
});

it("gives views on the memory as it is after it has grown", async () => {
  const compile = WebAssembly.Instance;
  let memory!: WebAssembly.Memory;
  vi.spyOn(WebAssembly, "Instance").mockImplementation(function (module, imports) {
    const instance = new compile(module, imports);
    const isMemory = (value: unknown) => value instanceof WebAssembly.Memory;
    memory = Object.values(instance.exports).find(isMemory) as WebAssembly.Memory;
    return instance;
  });
  const { loadModule } = await freshModule();
  const module = loadModule();
  const before = module.HEAPU8;
  expect(module.HEAPU8).toBe(before);
  memory.grow(1);
  expect(before.length).toBe(0);
  expect(module.HEAPU8.length).toBe(memory.buffer.byteLength);
  for (const view of [module.HEAP32]) {
    expect(view.buffer).toBe(memory.buffer);
  }
});
