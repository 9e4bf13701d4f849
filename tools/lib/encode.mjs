// Takes the WebAssembly module apart and writes it as ASCII text. js/engine/decode.ts says why;
// wasm/unpack.wat is the other side.

/** How many values have one character in a stream; the other 13 characters come before such. */
const singles = 80;

/** Where the unpacker's memory is free. */
const firstAddress = 1536;

/** Of loads and stores, from `i32.load` (0x28) on: the exponents of their natural alignments. */
const naturalAlignment = "23230011001122232301012";

/** The streams of bytes and those of numbers, in the order of the unpacker. */
const byteStreams = ["codes", "constants", "plain"];
const numberStreams = ["declared", "local", "called", "load", "store", "access", "other"];

/**
 * @param {Uint8Array} bytes A WebAssembly module.
 * @returns {{ addresses: number[], text: string, length: number }} What `decode` needs beside the
 * unpacker. It decodes to the module with each size of its code in as many bytes as the largest may
 * take.
 */
export function encode(bytes) {
  const parts = takenApart(bytes) ?? inOnePiece(bytes);
  const tables = byteStreams.map((name) => mostFrequent(parts[name]));
  const streams = [
    ...byteStreams.map((name, i) => encodeBytes(parts[name], tables[i])),
    ...numberStreams.map((name) => parts[name].map(encodeNumber).join(""))
  ];
  const isFrequent = tables.flatMap((table) => Array.from(table, Number));
  streams[0] = [...isFrequent, parts.before].map(encodeNumber).join("") + streams[0];
  const addresses = [firstAddress];
  for (const stream of streams) addresses.push(addresses.at(-1) + stream.length);
  return { addresses, text: streams.join(""), length: parts.length };
}

/** For a module with instructions that the unpacker does not know. */
function inOnePiece(bytes) {
  const parts = { plain: [...bytes], before: bytes.length, length: bytes.length };
  for (const name of ["codes", "constants", ...numberStreams]) parts[name] = [];
  return parts;
}

function takenApart(bytes) {
  const section = codeSection(bytes);
  if (!section) return;
  try {
    const parts = readCode(bytes, section);
    const count = leb128(section.count);
    const size = padded(count.length + parts.size, 5);
    const before = [...bytes.subarray(0, section.at), ...size, ...count];
    const plain = [...before, ...bytes.subarray(section.end)];
    return { ...parts, plain, before: before.length, length: plain.length + parts.size };
  } catch (error) {
    if (error instanceof Unknown) return;
    throw error;
  }
}

/** Thrown for what the unpacker could not write. */
class Unknown extends Error {}

/** Reads LEB128 numbers. */
class Reader {
  constructor(bytes, at) {
    this.bytes = bytes;
    this.at = at;
  }
  byte() {
    return this.bytes[this.at++];
  }
  number() {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }
  /** A number in as few bytes as it needs, which is how the unpacker writes it. */
  shortNumber() {
    const start = this.at;
    const number = this.number();
    if (this.at > start + 1 && this.bytes[this.at - 1] === 0) throw new Unknown();
    return number;
  }
}

/** Where the section of function bodies has its size, its end and how many bodies it has. */
function codeSection(bytes) {
  const magic = [0, 97, 115, 109];
  if (!magic.every((byte, i) => bytes[i] === byte)) return;
  const reader = new Reader(bytes, 8);
  while (reader.at < bytes.length) {
    const id = reader.byte();
    const at = reader.at;
    const size = reader.number();
    const end = reader.at + size;
    if (id === 10) return { at, end, count: reader.number(), bodies: reader.at };
    reader.at = end;
  }
}

/** The values of each kind in the order of the code, and the bytes that it will take. */
function readCode(bytes, { bodies, count }) {
  const parts = { codes: [], constants: [], size: 0 };
  for (const name of numberStreams) parts[name] = [];
  const reader = new Reader(bytes, bodies);
  for (let body = 0; body < count; body++) {
    const size = reader.number();
    const end = reader.at + size;
    parts.size += 3 + size;
    const groups = reader.shortNumber();
    parts.declared.push(groups);
    for (let group = 0; group < groups; group++) {
      parts.declared.push(reader.shortNumber(), reader.byte());
    }
    const locals = Array.from({ length: 256 }, (_, local) => local);
    while (reader.at < end) readInstruction(reader, parts, locals);
  }
  return parts;
}

function readInstruction(reader, parts, locals) {
  const operation = reader.byte();
  const copy = (stream) => {
    const number = reader.shortNumber();
    parts[stream].push(stream === "local" ? recency(locals, number) : number);
    return number;
  };
  const isAccess = operation >= 0x28 && operation <= 0x3e;
  if (isAccess) {
    const alignment = reader.shortNumber();
    if (alignment !== +naturalAlignment[operation - 0x28]) parts.codes.push(6 + alignment);
  }
  parts.codes.push(operation);
  if (isAccess) copy(operation === 0x28 ? "load" : operation === 0x36 ? "store" : "access");
  else if (operation >= 0x02 && operation <= 0x04) copy("declared");
  else if (operation === 0x0c || operation === 0x0d) copy("other");
  else if (operation === 0x0e) {
    for (let labels = copy("other"); labels >= 0; labels--) copy("other");
  } else if (operation === 0x10) copy("called");
  else if (operation === 0x11) {
    copy("other");
    mustBeZero(reader);
  } else if (operation >= 0x20 && operation <= 0x22) copy("local");
  else if (operation === 0x23 || operation === 0x24) copy("other");
  else if (operation === 0x3f || operation === 0x40) mustBeZero(reader);
  else if (operation === 0x41 || operation === 0x42) {
    do parts.constants.push(reader.byte());
    while (parts.constants.at(-1) > 127);
  } else if (operation === 0x43 || operation === 0x44) {
    for (let left = operation === 0x43 ? 4 : 8; left > 0; left--) {
      parts.constants.push(reader.byte());
    }
  } else if (operation === 0xfc) {
    const kind = copy("other");
    // Conversions, memory.copy and memory.fill.
    if (kind > 7 && kind !== 10 && kind !== 11) throw new Unknown();
    for (let left = kind === 10 ? 2 : kind === 11 ? 1 : 0; left > 0; left--) mustBeZero(reader);
  } else if (!isPlain(operation)) throw new Unknown();
}

/** How many other locals were used since this one was; which is the latest from now on. */
function recency(locals, local) {
  const place = locals.indexOf(local);
  if (place < 0) throw new Unknown();
  locals.unshift(...locals.splice(place, 1));
  return place;
}

/** Whether an instruction of the first version of WebAssembly has nothing but its code. */
function isPlain(operation) {
  const others = [0x00, 0x01, 0x05, 0x0b, 0x0f, 0x1a, 0x1b];
  return others.includes(operation) || (operation >= 0x45 && operation <= 0xc4);
}

function mustBeZero(reader) {
  if (reader.byte() !== 0) throw new Unknown();
}

function leb128(value) {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return [...bytes, value];
}

/** A number in LEB128 of a given number of bytes. */
function padded(value, length) {
  return Array.from({ length }, (_, i) => ((value >>> (7 * i)) & 127) | (i + 1 < length ? 128 : 0));
}

/** @param {number} value 0 to 92: printable ASCII but the quote and the backslash. */
function character(value) {
  const code = value + 32 + (value >= 2 ? 1 : 0);
  return String.fromCharCode(code + (code >= 92 ? 1 : 0));
}

/** The last digit is one of 80; those before it count from 1 to 13 (bijective numeration). */
function encodeNumber(value) {
  const prefixes = 93 - singles;
  let text = character(value % singles);
  for (let high = Math.floor(value / singles); high > 0; ) {
    const digit = ((high - 1) % prefixes) + 1;
    text = character(singles - 1 + digit) + text;
    high = (high - digit) / prefixes;
  }
  return text;
}

/** In ascending order on both sides, which keeps alike bytes alike for brotli's context models. */
function encodeBytes(bytes, isFrequent) {
  let one = 0;
  let two = singles;
  const code = isFrequent.map((frequent) => encodeNumber(frequent ? one++ : two++));
  return Array.from(bytes, (byte) => code[byte]).join("");
}

/** Of each byte whether it is one of the most frequent; the lower of two equally frequent ones is. */
function mostFrequent(bytes) {
  const frequency = new Array(256).fill(0);
  for (const byte of bytes) frequency[byte]++;
  const order = frequency.map((_, byte) => byte);
  order.sort((a, b) => frequency[b] - frequency[a] || a - b);
  const set = new Set(order.slice(0, singles));
  return frequency.map((_, byte) => set.has(byte));
}

/** The JavaScript file of an encoded module and its unpacker. */
export function encodedSource(encoded) {
  return Object.entries(encoded)
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`)
    .join("");
}
