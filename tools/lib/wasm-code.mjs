// Reads the code of a WebAssembly module instruction by instruction.

/** An unsigned number as LEB128. */
export function leb(value) {
  return value < 128 ? [value] : [(value & 127) | 128, ...leb(Math.floor(value / 128))];
}

/** @returns {[value: number, end: number]} An unsigned LEB128 number and where it ends. */
export function readLeb(bytes, at) {
  let value = 0;
  for (let scale = 1; ; scale *= 128) {
    const byte = bytes[at++];
    value += (byte & 127) * scale;
    if (byte < 128) return [value, at];
  }
}

function readSignedLeb(bytes, at) {
  const [value, end] = readLeb(bytes, at);
  const scale = 128 ** (end - at);
  return [bytes[end - 1] & 64 ? value - scale : value, end];
}

/**
 * A module: the bytes before its code section's size; its functions; the bytes after.
 * @param {Uint8Array} bytes
 * @returns {{ head: number[], functions: Body[], tail: number[] }}
 */
export function readModule(bytes) {
  let at = 8;
  while (at < bytes.length) {
    const id = bytes[at++];
    const [size, start] = readLeb(bytes, at);
    if (id === 10) {
      const head = [...bytes.subarray(0, at)];
      return {
        head,
        functions: readBodies(bytes, start),
        tail: [...bytes.subarray(start + size)]
      };
    }
    at = start + size;
  }
  throw new Error("a module without code");
}

/**
 * @typedef {{ declarations: [count: number, type: number][], code: Instruction[] }} Body
 * @typedef {{ bytes: number[], kind?: string, value?: number }} Instruction The opcode, with its
 * immediate unless that is one of a kind that varies much.
 */
function readBodies(bytes, start) {
  let [count, at] = readLeb(bytes, start);
  const bodies = [];
  for (; count; count--) {
    const [size, from] = readLeb(bytes, at);
    at = from + size;
    bodies.push(readBody(bytes, from, at));
  }
  return bodies;
}

function readBody(bytes, from, end) {
  let [count, at] = readLeb(bytes, from);
  const declarations = [];
  for (; count; count--) {
    const [variables, typeAt] = readLeb(bytes, at);
    declarations.push([variables, bytes[typeAt]]);
    at = typeAt + 1;
  }
  const code = [];
  while (at < end) {
    const [instruction, next] = readInstruction(bytes, at);
    code.push(instruction);
    at = next;
  }
  return { declarations, code };
}

const reads = {
  variable: readLeb,
  call: readLeb,
  branch: readLeb,
  constant: readSignedLeb,
  offset(bytes, at) {
    const [, offsetAt] = readLeb(bytes, at);
    return readLeb(bytes, offsetAt);
  }
};

function readInstruction(bytes, at) {
  const opcode = bytes[at];
  const kind = kindOf(opcode);
  const [value, end] = kind ? reads[kind](bytes, at + 1) : [0, at + 1 + restLength(bytes, at)];
  if (!kind || value < 0) return [{ bytes: [...bytes.subarray(at, end)] }, end];
  // The alignment is a hint and engines take none: 0 is shortest, and always the same.
  return [{ bytes: kind === "offset" ? [opcode, 0] : [opcode], kind, value }, end];
}

function kindOf(opcode) {
  if (opcode >= 0x20 && opcode <= 0x22) return "variable";
  if (opcode === 0x10) return "call";
  if (opcode === 0x0c || opcode === 0x0d) return "branch";
  if (opcode === 0x41) return "constant";
  if (opcode >= 0x28 && opcode <= 0x3e) return "offset";
  return undefined;
}

/** The number of bytes of the other immediates. */
function restLength(bytes, at) {
  const opcode = bytes[at++];
  const lebs = (count, from = at) => {
    let end = from;
    for (; count; count--) end = readLeb(bytes, end)[1];
    return end - at;
  };
  if (opcode > 0xc4 && opcode !== 0xfc) throw new Error(`no opcode of Wasm 1.0: ${opcode}`);
  if (opcode === 0x0e) {
    const [labels, from] = readLeb(bytes, at);
    return lebs(labels + 1, from);
  }
  if (opcode === 0x11) return lebs(2);
  // Blocks, variables of the module, the size of the memory, a constant of 64 bits.
  if ([2, 3, 4, 0x23, 0x24, 0x3f, 0x40, 0x42].includes(opcode)) return lebs(1);
  if (opcode === 0x43) return 4;
  if (opcode === 0x44) return 8;
  if (opcode !== 0xfc) return 0;
  // Conversions that saturate have no immediate; memory.init and copy have two, the rest one.
  return lebs(bytes[at] < 8 ? 1 : [8, 10, 12, 14].includes(bytes[at]) ? 3 : 2);
}
