/**
 * The WebAssembly module travels as an ASCII string, so that it is part of the JavaScript and no
 * bundler or server needs to know of a second file. The 91 bytes that are most frequent in it take
 * one character each, the other 165 take two; after brotli this costs about 2 % over the bare file,
 * where base64 costs a third. `tools/lib/encode.mjs` writes it.
 */

/** The characters of the encoding, in order: printable ASCII without the quote and the backslash. */
const alphabet = Array.from({ length: 95 }, (_, i) => i + 32).filter((c) => c !== 34 && c !== 92);

/** The last two of them announce a second character. */
const firstPrefix = alphabet[alphabet.length - 2];

/** How many byte values the first of the two prefixes covers. */
const perPrefix = 83;

/**
 * Decodes bytes from their ASCII form.
 * @param text - The encoded bytes.
 * @param frequent - 64 hexadecimal digits, one bit for each byte value, lowest value first, the
 * highest bit of a digit first: whether the value takes one character.
 * @param length - The number of bytes encoded in `text`.
 */
export function decode(text: string, frequent: string, length: number): Uint8Array<ArrayBuffer> {
  const one: number[] = [];
  const two: number[] = [];
  for (let byte = 0; byte < 256; byte++) {
    const isFrequent = (parseInt(frequent[byte >> 2], 16) >> (3 - (byte & 3))) & 1;
    (isFrequent ? one : two).push(byte);
  }
  const index: number[] = [];
  alphabet.forEach((code, i) => (index[code] = i));

  const bytes = new Uint8Array(length);
  for (let from = 0, to = 0; to < length; to++) {
    const code = text.charCodeAt(from++);
    bytes[to] =
      code < firstPrefix
        ? one[index[code]]
        : two[(code - firstPrefix) * perPrefix + index[text.charCodeAt(from++)]];
  }
  return bytes;
}
