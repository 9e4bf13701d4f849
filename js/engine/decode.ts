import { textEncoder } from "./text.js";

/** What `wasm/decoder.cc` exports. */
interface Decoder {
  readonly memory: WebAssembly.Memory;
  /** Writes a module to an address, the next one if it is not told where the text is. */
  decode(text: number, module: number): number;
}

/**
 * Decodes the WebAssembly modules. They travel as ASCII text, so that they are part of the JavaScript
 * and no bundler or server needs to know of a second file. `tools/lib/encode.mjs` writes
 * them in an arithmetic code that knows what WebAssembly looks like.
 * @param decoder - The module that puts them together again, as text: a byte and 32 in digits of 90,
 * ASCII from # on with ! for the backslash, the upper one 89 more. Base64 is 0.5 KB more after brotli.
 * @param text - The text.
 * @param sizes - Of how many bytes each module is.
 * @returns What decodes the next module with each call.
 */
export function decoderOf(
  decoder: string,
  text: string,
  sizes: number[]
): () => Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(decoder.length);
  let length = 0;
  let upper = 0;
  // In a loop, as `Uint8Array.from` takes some 0.3 ms.
  for (let i = 0; i < decoder.length; i++) {
    let digit = decoder.charCodeAt(i) - 35;
    if (digit < 0) digit = 57;
    if (digit > 89) upper = digit - 89;
    else {
      bytes[length++] = 90 * upper + digit - 32;
      upper = 0;
    }
  }
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes.subarray(0, length)));
  const { memory, decode } = instance.exports as unknown as Decoder;
  // In pages of 64 KB.
  let address = memory.grow((sizes.reduce((sum, size) => sum + size, text.length) >> 16) + 1) << 16;
  const heap = new Uint8Array(memory.buffer as ArrayBuffer);
  textEncoder().encodeInto(text, heap.subarray(address));
  let from = address + text.length;
  return () => {
    const start = from;
    from = decode(address, start);
    address = 0;
    return heap.subarray(start, from);
  };
}
