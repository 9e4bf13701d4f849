import { textEncoder } from "./text.js";

/** What `wasm/decoder.cc` exports. */
interface Decoder {
  readonly memory: WebAssembly.Memory;
  /** Writes the module behind its text, which is at an address. Returns the end of the module. */
  decode(address: number): number;
}

/**
 * Decodes the WebAssembly module. It travels as ASCII text, so that it is part of the JavaScript and
 * no bundler or server needs to know of a second file. `tools/lib/encode.mjs` takes it apart: what is
 * alike stands together, which brotli compresses a tenth better than the bare file.
 * @param decoder - The module in base64 that puts it together again.
 * @param text - The text.
 */
export function decode(decoder: string, text: string): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(decoder), (character) => character.charCodeAt(0));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  const { memory, decode } = instance.exports as unknown as Decoder;
  // In pages of 64 KB: eight times the text, which is far more than it takes.
  const address = memory.grow((text.length >> 13) + 1) << 16;
  const heap = new Uint8Array(memory.buffer as ArrayBuffer);
  textEncoder().encodeInto(text, heap.subarray(address));
  return heap.subarray(address + text.length, decode(address));
}
