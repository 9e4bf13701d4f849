// Writes a WebAssembly module as ASCII text; wasm/decoder.cc is the other side, and compiled with
// SIP_ENCODER it also writes the arithmetic code. The text has no sizes of functions and no
// alignments: what is decoded has sizes of four bytes and no alignments. What has no other reason
// here was found by trying.
import { Patterns } from "./patterns.mjs";
import { leb, readModule } from "./wasm-code.mjs";
import { stackEffects } from "./wasm-stack.mjs";

/** The kinds of immediates in their order; 0 ends a pattern, what comes after these is bytes. */
const kinds = [, "variable", "call", "offset", "branch", "constant", "addend", "argument"];
const firstByte = kinds.length;

/** The room that the decoder has. */
const mostItems = 1 << 15;
const mostPatterns = 1 << 12;
const mostVariables = 1 << 16;
const mostOpen = 1 << 12;

/**
 * @param {Uint8Array} encoder - The module that writes the arithmetic code.
 * @param {Uint8Array} wasm - The module.
 * @returns {{ text: string, size: number }} What js/engine/decode.ts takes: the text, and of how many
 * bytes the module is.
 */
export function encode(encoder, wasm) {
  const patterns = new Patterns();
  const { head, functions, tail } = patternsOf(readModule(wasm), patterns);
  const { ranks, list } = patterns.ranked(functions.flatMap(numbersOf));
  if (list.length >= mostPatterns || list.flat().length + list.length >= mostItems) {
    throw new Error("wasm/decoder.cc has no room for so many patterns");
  }
  const codeSize = functions.reduce((sum, body) => sum + decodedSize(body), 0);
  const count = leb(functions.length);
  const beginning = [...head, ...leb(codeSize + count.length), ...count];
  const size = beginning.length + codeSize + tail.length;
  const before = [...list.flatMap((items) => [...items, 0]), 0, ...bytes(beginning)];
  const numbers = [...before, functions.length];
  for (const { declarations, code } of functions) {
    numbers.push(declarations.length);
    for (const [variables, type] of declarations) numbers.push(variables, 127 - type);
    numbers.push(...instructions(code, ranks));
  }
  return { text: arithmeticCode(encoder, numbers.concat(bytes(tail)), size), size };
}

/** Gives each instruction the number of its pattern, and the kind of its immediate. */
function patternsOf({ head, functions, tail }, patterns) {
  const effectOf = stackEffects(head);
  for (const { code } of functions) {
    let open = 1;
    code.forEach((instruction, i) => {
      const { higher, block } = effectOf(instruction);
      open += (block === 1) - (block === 2);
      if (open > mostOpen) throw new Error("wasm/decoder.cc has no room for so many blocks");
      instruction.kind = kindOf(instruction, code[i + 1]);
      const items = instruction.bytes.map((byte) => firstByte + byte);
      if (instruction.kind) items.push(kinds.indexOf(instruction.kind));
      const effect = 4 * (Math.max(higher, -15) + 16) + block;
      instruction.pattern = patterns.add([effect, ...items]);
    });
  }
  return { head, functions, tail };
}

const numbersOf = ({ code }) => code.map(({ pattern }) => pattern);

/** What is added or passed to a function is apart from other constants. */
function kindOf({ kind }, next) {
  if (kind !== "constant") return kind;
  const opcode = next?.bytes[0];
  return opcode === 0x6a ? "addend" : opcode === 0x10 ? "argument" : kind;
}

/** The ranks of patterns, with their immediates. Of a variable: how many others were used since. */
function instructions(code, ranks) {
  const recent = [];
  const place = (variable) => {
    if (variable >= mostVariables) {
      throw new Error("wasm/decoder.cc has no room for so many variables");
    }
    while (!recent.includes(variable)) recent.push(recent.length);
    const found = recent.indexOf(variable);
    recent.unshift(...recent.splice(found, 1));
    return found;
  };
  return code.flatMap(({ pattern, kind, value }) => {
    if (!kind) return ranks[pattern];
    return [ranks[pattern], kind === "variable" ? place(value) : value];
  });
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
  return kind ? leb(kinds.indexOf(kind) > 4 ? 2 * value : value).length : 0;
}

/** How many bytes, and the bytes. */
const bytes = (list) => [list.length, ...list];

/** The numbers in arithmetic code: digits of 64, ASCII from # on without the backslash. */
function arithmeticCode(encoder, numbers, moduleSize) {
  const { memory, encode } = new WebAssembly.Instance(new WebAssembly.Module(encoder)).exports;
  const bits = Uint8Array.from(numbers.flatMap(bitsOf));
  const most = bits.length + 1024;
  const size = bits.length + most + moduleSize;
  const bitsAt = memory.grow(Math.ceil(size / 65536)) << 16;
  const heap = new Uint8Array(memory.buffer);
  heap.set(bits, bitsAt);
  const at = bitsAt + bits.length;
  const digits = heap.subarray(at, encode(bitsAt, at, at + most));
  return Array.from(digits, (digit) => String.fromCharCode(digit + (digit < 57 ? 35 : 36))).join("");
}

/** A number, four more: ones for how many bits it has beyond three; a zero; the bits but for the first. */
function bitsOf(number) {
  const bits = (number + 4).toString(2).slice(1);
  return [...bits.slice(2).replace(/./g, "1"), "0", ...bits].map(Number);
}

/** As in js/engine/decode.ts. */
const seldom = "#%&')*+<>?HJLQVWXYZ[]^_z{|";
const added = { "}": 71, "~": 180 };

/** Of each byte what js/engine/decode.ts makes one of. */
const texts = [];
for (let code = 32; code < 125; code++) {
  const own = String.fromCharCode(code);
  const low = seldom.indexOf(own);
  if (!'"\\'.includes(own)) texts[low < 0 ? code : low] = own;
}
while (texts.filter(Boolean).length < 256) {
  for (const [byte, text] of [...texts.entries()].filter(([, text]) => text)) {
    for (const [before, more] of Object.entries(added)) {
      texts[(byte + more) % 256] ??= before + text;
    }
  }
}

const textOf = (wasm) => Array.from(wasm, (byte) => texts[byte]).join("");

/**
 * The JavaScript file of a module as it is, of one in arithmetic code, if there is one, and of the
 * decoder of that.
 */
export function encodedSource(first, decoder, encoder, second) {
  const { text, size } = second ? encode(encoder, second) : { text: "", size: 0 };
  return (
    `export const first = "${textOf(first)}";\n` +
    `export const decoder = "${textOf(decoder)}";\n` +
    `export const size = ${size};\n` +
    `export const encoded = "${text}";\n`
  );
}
