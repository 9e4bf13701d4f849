// Writes the WebAssembly module as an ASCII string; js/engine/decode.ts is the other side and says
// why.

const alphabet = Array.from({ length: 95 }, (_, i) => i + 32).filter((c) => c !== 34 && c !== 92);
const prefixes = alphabet.slice(-2);
const singles = alphabet.slice(0, -2);
const perPrefix = 83;

/**
 * @param {Uint8Array} bytes
 * @returns {{ text: string, frequent: string, length: number }} The arguments of `decode`.
 */
export function encode(bytes) {
  const frequent = mostFrequent(bytes, singles.length);
  const code = [];
  let one = 0;
  let two = 0;
  // In ascending order on both sides, which keeps alike bytes alike for brotli's context models.
  for (let byte = 0; byte < 256; byte++) {
    code[byte] = frequent.has(byte)
      ? String.fromCharCode(singles[one++])
      : String.fromCharCode(prefixes[Math.floor(two / perPrefix)], alphabet[two++ % perPrefix]);
  }
  const text = Array.from(bytes, (byte) => code[byte]).join("");
  return { text, frequent: bitsAsHex(frequent), length: bytes.length };
}

/** The `count` most frequent byte values; the lower of two equally frequent ones comes first. */
function mostFrequent(bytes, count) {
  const frequency = new Array(256).fill(0);
  for (const byte of bytes) frequency[byte]++;
  const order = frequency.map((_, byte) => byte);
  order.sort((a, b) => frequency[b] - frequency[a] || a - b);
  return new Set(order.slice(0, count));
}

function bitsAsHex(set) {
  let hex = "";
  for (let byte = 0; byte < 256; byte += 4) {
    let digit = 0;
    for (let i = 0; i < 4; i++) digit = digit * 2 + (set.has(byte + i) ? 1 : 0);
    hex += digit.toString(16);
  }
  return hex;
}

/** The JavaScript file of an encoded module. */
export function encodedSource({ text, frequent, length }) {
  return (
    `export const length = ${length};\n` +
    `export const frequent = "${frequent}";\n` +
    `export const binary = "${text}";\n`
  );
}
