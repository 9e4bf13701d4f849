// First, as it is the first module of all: brotli takes 0.2 KB less if its text does not stand
// between pieces of code.
import { decoder, encoded, first, size } from "./generated/sip-wasm-binary.js";
import { bytesOf, decode } from "./decode.js";
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

/** The bytes of the second module, as long as they are of use. */
let rest: Uint8Array<ArrayBuffer> | undefined;

/** Puts the second module beside the first, unless that is done. */
let complete: ((module?: WebAssembly.Module) => void) | undefined;

/**
 * The module, decoded, compiled and instantiated on the first call and kept. Synchronous; some
 * milliseconds the first time. It comes in two: the first has what a user agent takes to be made, the
 * second is put beside it when one of its functions is called, or by `completeModule`.
 * @throws Error if this place has no WebAssembly or forbids it. The message names what to change.
 */
export function loadModule(): SipModule {
  try {
    return (loaded ??= instantiate(new WebAssembly.Module(bytesOf(first))));
  } catch (error) {
    throw refused(error);
  }
}

/** Loads the second module too, if that was not done: for when there is time. */
export function completeModule(): void {
  loadModule();
  complete?.();
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
  if (loaded && !complete) return;
  try {
    const modules = [bytesOf(first), ...(size ? [decoded()] : [])];
    const [one, two] = await Promise.all(modules.map((bytes) => WebAssembly.compile(bytes)));
    loaded ??= instantiate(one);
    complete?.(two);
  } catch (error) {
    throw refused(error);
  }
}

function decoded(): Uint8Array<ArrayBuffer> {
  return (rest ??= decode(decoder, encoded, size));
}

function refused(cause: unknown): Error {
  return new Error(
    "WebAssembly was refused. If there is a Content-Security-Policy, " +
      `its script-src needs 'wasm-unsafe-eval'. (${String(cause)})`,
    { cause }
  );
}

/** What an instance exports: names are the build's. */
type Exports = Record<string, WebAssembly.ExportValue>;

function instantiate(module: WebAssembly.Module): SipModule {
  let exports!: Exports;
  const exported = <T>(kind: abstract new (...parameters: never) => T): T =>
    Object.values(exports).find(
      (value): value is T & WebAssembly.ExportValue => value instanceof kind
    )!;
  // In the place of a function of the second module, until that is there, is one of these.
  const placeholders = new Proxy({} as Record<string, () => unknown>, {
    get:
      (_, index) =>
      (...parameters: unknown[]) => {
        complete?.();
        return exported(WebAssembly.Table).get(Number(index))(...parameters);
      }
  });
  const glue = createModule({
    instantiateWasm(imports, receive) {
      const instance = new WebAssembly.Instance(module, { ...imports, q: placeholders });
      exports = instance.exports;
      complete = (second) => {
        complete = undefined;
        if (size) {
          second ??= new WebAssembly.Module(decoded());
          new WebAssembly.Instance(second, { p: exports });
        }
        // With them goes the memory of the decoder.
        rest = undefined;
      };
      receive(instance);
      return exports;
    }
  });
  return new LoadedModule(glue.Door, exported(WebAssembly.Memory));
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
