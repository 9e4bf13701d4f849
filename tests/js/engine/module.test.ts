import { afterEach, expect, it, vi } from "vitest";

/** The loader as a page that has just loaded gets it: nothing is instantiated yet. */
async function freshModule() {
  vi.resetModules();
  return import("../../../js/engine/module.js");
}

afterEach(() => vi.restoreAllMocks());

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

it("names the keyword that a Content-Security-Policy lacks", async () => {
  const { loadModule } = await freshModule();
  const refusal = new WebAssembly.CompileError("violates the Content Security policy");
  vi.spyOn(WebAssembly, "Module").mockImplementation(function () {
    throw refusal;
  });
  expect(loadModule).toThrow(/'wasm-unsafe-eval'.*violates the Content Security policy/);
  expect(loadModule).toThrow(expect.objectContaining({ cause: refusal }));
});

it("says so where there is no WebAssembly", async () => {
  const { loadModule } = await freshModule();
  vi.stubGlobal("WebAssembly", undefined);
  expect(loadModule).toThrow("needs WebAssembly");
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
