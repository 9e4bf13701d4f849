/**
 * The WebAssembly module as it travels: as ASCII text, so that it is part of the JavaScript and no
 * bundler or server needs to know of a second file. Its code is taken apart into one stream for
 * each kind of thing that instructions are made of, as like compresses best beside like: a tenth
 * less after brotli than the module in one piece. `tools/lib/encode.mjs` writes it, and the other
 * module, `wasm/unpack.wat`, puts it together again.
 */
export interface EncodedModule {
  /** `wasm/unpack.wat`, compiled, in base64. */
  readonly unpacker: string;
  /** The addresses where the unpacker finds each stream, and last where it writes the module. */
  readonly addresses: readonly number[];
  /** The streams, one after the other from the first of the addresses on. */
  readonly text: string;
  /** In bytes, of the module. */
  readonly length: number;
}

/** The module's bytes. */
export function decode(module: EncodedModule): Uint8Array<ArrayBuffer> {
  const { unpacker, addresses, text, length } = module;
  const binary = Uint8Array.from(atob(unpacker), (character) => character.charCodeAt(0));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary));
  const { memory, unpack } = exports as { memory: WebAssembly.Memory; unpack(): void };
  const to = addresses[addresses.length - 1];
  memory.grow((to + length) >> 16);
  new Int32Array(memory.buffer).set(addresses);
  new TextEncoder().encodeInto(text, new Uint8Array(memory.buffer, addresses[0]));
  unpack();
  return new Uint8Array(memory.buffer as ArrayBuffer, to, length);
}
