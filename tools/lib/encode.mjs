// Writes the WebAssembly module as ASCII text; wasm/decoder.cc is the other side. The text has no
// sizes of functions and no alignments: what is decoded has sizes of four bytes and no alignments.
// What has no other reason here was found by trying.
import { Patterns } from "./patterns.mjs";
import { leb, readModule } from "./wasm-code.mjs";

/** The streams of numbers in their order, which wasm/decoder.cc describes. */
const names = [
  ...["bytes", "patterns", "declarations", "code", "variable"],
  ...["call", "offset", "branch", "constant", "addend", "argument"]
];

/** What the items of a pattern mean: these, the stream of an immediate, a byte. */
const endOfPattern = 0;
const endOfFunction = 1;
const firstByte = names.length;

/** The room that the decoder has. */
const mostItems = 1 << 14;
const mostPatterns = 1 << 12;
const mostVariables = 1 << 11;

/** How many patterns are made of two that often follow each other. */
const joined = 24;

/**
 * @param {Uint8Array} wasm
 * @returns {string} What `decode` takes.
 */
export function encode(wasm) {
  const { head, functions, tail } = readModule(wasm);
  const streams = Object.fromEntries(names.map((name) => [name, []]));
  const patterns = new Patterns();
  const sequences = functions.map(({ code }) =>
    code.map((instruction, i) => {
      const stream = streamOf(instruction, code[i + 1]);
      if (stream && stream !== "variable") streams[stream].push(instruction.value);
      return patterns.add(items(instruction.bytes, stream, !code[i + 1]));
    })
  );
  patterns.join(sequences, joined);
  const { ranks, list } = patterns.ranked(sequences);
  streams.patterns = list.flatMap((pattern) => [...pattern, endOfPattern]);
  if (streams.patterns.length > mostItems || list.length > mostPatterns) {
    throw new Error("wasm/decoder.cc has no room for so many patterns");
  }
  streams.code = sequences.flat().map((pattern) => ranks[pattern]);
  for (const { declarations, code } of functions) {
    streams.variable.push(...places(code));
    streams.declarations.push(...declared(declarations));
  }
  const size = functions.reduce((sum, body) => sum + decodedSize(body), 0);
  const count = leb(functions.length);
  const before = [...head, ...leb(size + count.length), ...count];
  streams.bytes = [...bytes(before), ...bytes(tail)];
  return names.map((name) => `${text(streams[name], name === "bytes" ? 90 : 80)} `).join("");
}

/** The stream of an instruction's immediate: what is added or passed to a function is apart. */
function streamOf({ kind }, next) {
  if (kind !== "constant") return kind;
  const opcode = next?.bytes[0];
  return opcode === 0x6a ? "addend" : opcode === 0x10 ? "argument" : kind;
}

function items(bytes, stream, last) {
  const all = bytes.map((byte) => firstByte + byte);
  if (stream) all.push(names.indexOf(stream));
  return last ? [...all, endOfFunction] : all;
}

/** Of each use of a variable how many others were used since it was last, as if all were at first. */
function places(code) {
  const recent = [];
  return code
    .filter(({ kind }) => kind === "variable")
    .map(({ value }) => {
      if (value >= mostVariables) throw new Error("wasm/decoder.cc has no room for so many variables");
      while (!recent.includes(value)) recent.push(recent.length);
      const place = recent.indexOf(value);
      recent.unshift(...recent.splice(place, 1));
      return place;
    });
}

/** The number of groups; of each how many variables it has, and a small number for their type. */
function declared(groups) {
  return [groups.length, ...groups.flatMap(([count, type]) => [count, 127 - type])];
}

/** How many bytes, and the bytes so that letters stand for themselves. */
function bytes(list) {
  return [list.length, ...list.map((byte) => (byte + 256 - 35) % 256)];
}

/** The size of a body as it is decoded, with four bytes to tell it. */
function decodedSize({ declarations, code }) {
  const groups = declarations.reduce((sum, [count]) => sum + leb(count).length + 1, 0);
  return code.reduce(
    (sum, instruction) => sum + instruction.bytes.length + immediateSize(instruction),
    4 + leb(declarations.length).length + groups
  );
}

function immediateSize({ kind, value }) {
  // A constant has a bit for its sign.
  return kind ? leb(kind === "constant" ? 2 * value : value).length : 0;
}

const digits = 92;

/** ASCII from # on, with ! for the backslash. */
const character = (digit) => String.fromCharCode(digit === 57 ? 33 : digit + 35);

/** Numbers as digits. Those from `last` on say that more follow. */
function text(numbers, last) {
  const write = (number) => {
    let written = character(number % last);
    let rest = Math.floor(number / last);
    for (; rest; rest = Math.floor(rest / (digits - last))) {
      rest--;
      written = character(last + (rest % (digits - last))) + written;
    }
    return written;
  };
  return numbers.map(write).join("");
}

/** The JavaScript file of a module as text and of its decoder, which is in base64. */
export function encodedSource(decoder, text) {
  return (
    `export const decoder = "${Buffer.from(decoder).toString("base64")}";\n` +
    `export const encoded = "${text}";\n`
  );
}
