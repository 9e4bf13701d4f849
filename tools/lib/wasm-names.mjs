// Gives a WebAssembly module the names of its functions, from the symbol map that emcc writes.

/**
 * @param {Uint8Array} wasm - A module without a name section.
 * @param {string} symbols - Lines `index:name`, as `emcc --emit-symbol-map` writes them.
 * @returns {Buffer} The module with a name section at its end.
 */
export function withNames(wasm, symbols) {
  const names = symbols
    .split("\n")
    .map((line) => /^(\d+):(.+)$/.exec(line))
    .filter(Boolean)
    .map(([, index, name]) => [leb(Number(index)), string(name)]);
  const map = Buffer.concat([leb(names.length), ...names.flat()]);
  const section = Buffer.concat([string("name"), Buffer.from([1]), leb(map.length), map]);
  return Buffer.concat([wasm, Buffer.from([0]), leb(section.length), section]);
}

function leb(value) {
  const bytes = [];
  do {
    const byte = value & 0x7f;
    value >>>= 7;
    bytes.push(value ? byte | 0x80 : byte);
  } while (value);
  return Buffer.from(bytes);
}

function string(text) {
  const bytes = Buffer.from(text);
  return Buffer.concat([leb(bytes.length), bytes]);
}
