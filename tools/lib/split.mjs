// Splits the module in two: what the first user agent of a page takes, an eighth of the code, and the
// rest, which js/engine/module.ts puts beside it when the first of its functions is called.
import { readFileSync, writeFileSync } from "node:fs";
import { at, bin, have, run } from "./process.mjs";

/** What a page does at first. */
const scenario = `
import { UserAgent } from ${JSON.stringify(at("js/index.ts"))};
const uri = UserAgent.makeURI("sip:alice@example.com");
const transportOptions = { server: "wss://example.com" };
new UserAgent({ uri, transportOptions, logBuiltinEnabled: false });
`;

/** In the place of what is not there yet: a module as it is. */
const stubs = {
  "./decode.js": "export const bytesOf = (bytes) => bytes, decode = undefined;",
  "./generated/sip-wasm-binary.js":
    "export const first = globalThis.instrumented, decoder = '', encoded = '', size = 0;"
};

/**
 * @param {string} dir - Where the module lies as out.wasm, and what is made on the way.
 * @param {string[]} features - What wasm-split has to know.
 * @returns {Promise<Buffer[]>} The two modules, or the one if there is no wasm-split here.
 */
export async function split(dir, features) {
  const [whole, instrumented, profile, first, second] = [
    ...["out.wasm", "instrumented.wasm", "start.profile", "first.wasm", "second.wasm"]
  ].map((name) => `${dir}/${name}`);
  if (!have("wasm-split")) {
    console.warn(
      "build: WARNING: no wasm-split here (Debian's package binaryen has it, `node tools/setup.mjs build` " +
        "installs it). The module is not split and not compressed: do not publish this build."
    );
    return [readFileSync(whole)];
  }
  run("wasm-split", [...features, "--instrument", whole, "-o", instrumented]);
  writeFileSync(profile, await calledAtStart(readFileSync(instrumented)));
  const names = ["--import-namespace=p", "--placeholder-namespace=q"];
  const out = ["-o1", first, "-o2", second];
  run("wasm-split", [...features, "--split", whole, `--profile=${profile}`, ...names, ...out]);
  return [first, second].map((path) => {
    run(bin("wasm-opt"), [path, ...features, "--reorder-functions", "--reorder-locals", "-o", path]);
    return readFileSync(path);
  });
}

/** Which functions the scenario calls, as wasm-split has it. */
async function calledAtStart(instrumented) {
  const { build } = await import("esbuild");
  const inPlace = {
    name: "in-place",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\/(decode|generated\/sip-wasm-binary)\.js$/ }, ({ path }) => ({
        path,
        namespace: "stub"
      }));
      onLoad({ filter: /./, namespace: "stub" }, ({ path }) => ({ contents: stubs[path] }));
    }
  };
  const { outputFiles } = await build({
    stdin: { contents: scenario, resolveDir: at(".") },
    bundle: true,
    format: "esm",
    write: false,
    plugins: [inPlace]
  });
  const { Instance } = WebAssembly;
  let exported;
  globalThis.instrumented = instrumented;
  WebAssembly.Instance = function (...parameters) {
    const instance = new Instance(...parameters);
    exported = instance.exports;
    return instance;
  };
  try {
    await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
  } finally {
    WebAssembly.Instance = Instance;
    delete globalThis.instrumented;
  }
  const memory = Object.values(exported).find((each) => each instanceof WebAssembly.Memory);
  const room = 65536;
  const address = memory.grow(1) * room;
  return new Uint8Array(memory.buffer, address, exported.__write_profile(address, room));
}
