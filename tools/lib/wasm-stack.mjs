// What an instruction does to the stack of values, as far as wasm/decoder.cc wants to know.
import { readLeb } from "./wasm-code.mjs";

/** What an instruction does to blocks. */
const [none, begins, ends, unreached] = [0, 1, 2, 3];
const unreachable = [0x00, 0x05, 0x0c, 0x0e, 0x0f];
const emptyBlock = 0x40;

/**
 * @param {number[]} head - The bytes of a module before its code.
 * @returns {(instruction: import("./wasm-code.mjs").Instruction) => { higher: number, block: number }}
 * How much higher the stack is afterwards, and what becomes of the block.
 */
export function stackEffects(head) {
  const { types, functions } = signatures(head);
  return ({ bytes, value }) => {
    const [opcode] = bytes;
    if (opcode === 0x0b) return { higher: 0, block: ends };
    if (unreachable.includes(opcode)) return { higher: 0, block: unreached };
    if (opcode >= 0x02 && opcode <= 0x04) {
      return { higher: (bytes[1] === emptyBlock ? 0 : 1) - (opcode === 0x04), block: begins };
    }
    if (opcode === 0x10) return { higher: types[functions[value]], block: none };
    if (opcode === 0x11) return { higher: types[readLeb(bytes, 1)[0]] - 1, block: none };
    return { higher: simple(bytes), block: none };
  };
}

function simple([opcode, second]) {
  if (opcode === 0xfc) return second < 8 ? 0 : -3;
  if (opcode === 0x1b || (opcode >= 0x36 && opcode <= 0x3e)) return -2;
  const pushes = [0x20, 0x23, 0x3f, 0x41, 0x42, 0x43, 0x44];
  if (pushes.includes(opcode)) return 1;
  const within = (from, to) => opcode >= from && opcode <= to;
  const keeps =
    [0x01, 0x22, 0x40, 0x45, 0x50].includes(opcode) ||
    within(0x28, 0x35) ||
    within(0x67, 0x69) ||
    within(0x79, 0x7b) ||
    within(0x8b, 0x91) ||
    within(0x99, 0x9f) ||
    opcode >= 0xa7;
  return keeps ? 0 : -1;
}

/** Of each type how many more results than parameters it has; the types of functions. */
function signatures(head) {
  const types = [];
  const functions = [];
  let at = 8;
  const number = () => {
    const [value, end] = readLeb(head, at);
    at = end;
    return value;
  };
  const skip = () => {
    const length = number();
    at += length;
    return length;
  };
  const limits = () => {
    const bounded = head[at++] & 1;
    number();
    if (bounded) number();
  };
  const table = () => {
    at++;
    limits();
  };
  const imported = [() => functions.push(number()), table, limits, () => (at += 2)];
  const sections = {
    1() {
      at++;
      const parameters = skip();
      types.push(skip() - parameters);
    },
    2() {
      skip();
      skip();
      imported[head[at++]]();
    },
    3: () => functions.push(number())
  };
  // The last byte begins the code.
  while (at < head.length - 1) {
    const id = head[at++];
    const size = number();
    const end = at + size;
    if (sections[id]) for (let count = number(); count; count--) sections[id]();
    at = end;
  }
  return { types, functions };
}
