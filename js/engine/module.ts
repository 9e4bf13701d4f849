// First, as it is the first module of all: brotli takes 0.2 KB less if its text does not stand
// between pieces of code.
import { decoder, encoded } from "./generated/sip-wasm-binary.js";
import { decode } from "./decode.js";
import type { Door } from "./door.js";
import createModule from "./generated/sip-wasm.js";

/**
 * The instantiated WebAssembly module.
 *
 * Growing the memory detaches the views on it. Each getter gives a view on the memory as it is now,
 * so read it again after every call into the module and keep none.
 */
export interface SipModule {
  /** @internal */
  readonly HEAPU8: Uint8Array<ArrayBuffer>;
  /** @internal */
  readonly HEAP32: Int32Array<ArrayBuffer>;
  /** The embind class of `wasm/bindings.cc`. */
  readonly Door: new () => Door;
}

let loaded: SipModule | undefined;
let preloaded: Promise<void> | undefined;

/**
 * The module, decoded, compiled and instantiated on the first call and kept. Synchronous; some
 * milliseconds the first time.
 * @throws Error if this place has no WebAssembly or forbids it. The message names what to change.
 */
export function loadModule(): SipModule {
  try {
    return (loaded ??= instantiate(new WebAssembly.Module(decode(decoder, encoded))));
  } catch (error) {
    throw refused(error);
  }
}

/**
 * Compiles the WebAssembly module ahead of its first use, and not on the thread of the page: for who
 * has time before a `UserAgent` is wanted, say while somebody logs in. Nobody has to call it. However
 * often it is called, the work is done once; a `UserAgent` may be made before it is finished.
 * @returns A promise resolved once the module is there.
 * @throws Error (by the promise) if this place has no WebAssembly or forbids it: if the page has a
 * Content-Security-Policy, its `script-src` needs `'wasm-unsafe-eval'`.
 */
export function preload(): Promise<void> {
  return (preloaded ??= compile());
}

async function compile(): Promise<void> {
  try {
    const module = await WebAssembly.compile(decode(decoder, encoded));
    loaded ??= instantiate(module);
  } catch (error) {
    throw refused(error);
  }
}

function refused(cause: unknown): Error {
  return new Error(
    "sipwasm needs WebAssembly, which was refused. If the page has a Content-Security-Policy, " +
      `its script-src needs 'wasm-unsafe-eval'. (${String(cause)})`,
    { cause }
  );
}

function instantiate(module: WebAssembly.Module): SipModule {
  let memory!: WebAssembly.Memory;
  const glue = createModule({
    instantiateWasm(imports, receive) {
      const instance = new WebAssembly.Instance(module, imports);
      memory = Object.values(instance.exports).find(
        (value): value is WebAssembly.Memory => value instanceof WebAssembly.Memory
      )!;
      receive(instance);
      return instance.exports;
    }
  });
  return new LoadedModule(glue.Door, memory);
}

class LoadedModule implements SipModule {
  // A detached view has no length; asking the memory for its buffer each time takes longer.
  private u8 = new Uint8Array();
  private i32 = new Int32Array();

  constructor(
    readonly Door: new () => Door,
    private readonly memory: WebAssembly.Memory
  ) {}

  /** @internal */
  get HEAPU8(): Uint8Array<ArrayBuffer> {
    return this.u8.length ? this.u8 : (this.u8 = new Uint8Array(this.memory.buffer));
  }

  /** @internal */
  get HEAP32(): Int32Array<ArrayBuffer> {
    return this.i32.length ? this.i32 : (this.i32 = new Int32Array(this.memory.buffer));
  }
}
