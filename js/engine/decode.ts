import { textEncoder } from "./text.js";

/** What `wasm/decoder.cc` exports. */
interface Decoder {
  readonly memory: WebAssembly.Memory;
  /** Writes the module whose text is at one address to another. Returns the end of it. */
  decode(text: number, module: number): number;
}

/** For the octets 0, 1, 2 and so on: characters that the text has seldom. */
const seldom = "#%&')*+<>?HJLQVWXYZ[]^_z{|";

/**
 * Octets that travel as ASCII text, so that they are part of the JavaScript and no bundler or server
 * needs to know of a second file: characters stand for themselves, but for those above; } and ~ add
 * something to the next. Base64 is 0.8 KB more after brotli.
 * @param text - The text.
 */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const low: number[] = [];
  for (let i = 0; i < seldom.length; i++) low[seldom.charCodeAt(i)] = i;
  const bytes = new Uint8Array(text.length);
  let length = 0;
  let more = 0;
  // In a loop, as `Uint8Array.from` takes some 0.3 ms.
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 124) more += code > 125 ? 180 : 71;
    else {
      bytes[length++] = (low[code] ?? code) + more;
      more = 0;
    }
  }
  return bytes.subarray(0, length);
}

/**
 * Decodes a WebAssembly module that `tools/lib/encode.mjs` has written in an arithmetic code that
 * knows what WebAssembly looks like.
 * @param decoder - The module that puts it together again, as text for {@link bytesOf}.
 * @param text - The text.
 * @param size - Of how many bytes the module is.
 */
export function decode(decoder: string, text: string, size: number): Uint8Array<ArrayBuffer> {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytesOf(decoder)));
  const { memory, decode } = instance.exports as unknown as Decoder;
  // In pages of 64 KB.
  const address = memory.grow(((text.length + size) >> 16) + 1) << 16;
  const heap = new Uint8Array(memory.buffer as ArrayBuffer, address);
  textEncoder().encodeInto(text, heap);
  decode(address, address + text.length);
  return heap.subarray(text.length, text.length + size);
}
