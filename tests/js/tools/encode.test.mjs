import { expect, it } from "vitest";
import { decode } from "../../../js/engine/decode.ts";
import * as shipped from "../../../js/engine/generated/sip-wasm-binary.js";
import { encode, encodedSource } from "../../../tools/lib/encode.mjs";

const { unpacker } = shipped;

/** Whether there are numbers in a stream other than bytes. */
const isTakenApart = ({ addresses }) => addresses[4] > addresses[3];

const cases = {
  "every byte value": Uint8Array.from({ length: 256 }, (_, i) => i),
  nothing: new Uint8Array(),
  "the rare bytes alone": Uint8Array.from({ length: 165 }, (_, i) => 91 + i),
  "a skewed mixture": Uint8Array.from({ length: 5000 }, (_, i) => (i * i * 31 + (i >> 3)) & 255),
  "a module without code": Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)
};

it.each(Object.keys(cases))("decodes what it encoded: %s", (name) => {
  expect(decode({ unpacker, ...encode(cases[name]) })).toEqual(cases[name]);
});

it("needs no escapes in JavaScript", async () => {
  const source = encodedSource(encode(cases["every byte value"]));
  expect(source).toMatch(/^[\x20-\x7e\n]*$/);
  expect(source).not.toContain("\\");
  const url = `data:text/javascript,${encodeURIComponent(source)}`;
  expect(decode({ unpacker, ...(await import(/* @vite-ignore */ url)) })).toEqual(
    cases["every byte value"]
  );
});

/** A module of one function () -> i32 with locals of each type and the given body. */
function moduleOf(...body) {
  const code = [2, 1, 0x7f, 1, 0x7c, ...body, 0x0b];
  return Uint8Array.from([
    ...[0, 97, 115, 109, 1, 0, 0, 0],
    ...[1, 5, 1, 0x60, 0, 1, 0x7f], // type 0: () -> i32
    ...[3, 2, 1, 0, 4, 4, 1, 0x70, 0, 1, 5, 3, 1, 0, 1], // one function, a table, a page of memory
    ...[6, 6, 1, 0x7f, 1, 0x41, 0, 0x0b, 7, 5, 1, 1, 102, 0, 0], // a variable, the export "f"
    ...[10, code.length + 2, 1, code.length, ...code],
    ...[0, 3, 1, 110, 7] // a section of its own
  ]);
}

const functions = {
  "a constant of two bytes": [[0x41, 0xc8, 0x01], 200],
  "a negative constant": [[0x41, 0x7f], -1],
  "a jump table": [
    [0x02, 0x40, 0x02, 0x40, 0x41, 1, 0x0e, 1, 0, 1, 0x0b, 0x41, 7, 0x0f, 0x0b, 0x41, 9],
    9
  ],
  "memory with natural and other alignments": [
    [0x41, 4, 0x41, 0xac, 0x02, 0x36, 2, 0x90, 0x4e, 0x41, 4, 0x28, 0, 0x90, 0x4e],
    300
  ],
  "numbers of 64 bits and of floating point": [
    [0x44, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0x21, 1, 0x42, 0xff, 0x00, 0xa7, 0x20, 1, 0xfc, 2, 0x6a],
    128
  ],
  "a fill, a copy, the size of the memory, a variable": [
    [
      ...[0x41, 0, 0x41, 5, 0x41, 8, 0xfc, 11, 0, 0x41, 16, 0x41, 0, 0x41, 4, 0xfc, 10, 0, 0],
      ...[0x3f, 0, 0x24, 0, 0x23, 0, 0x41, 17, 0x2d, 0, 0, 0x6a]
    ],
    6
  ],
  "a loop and a branch": [
    [0x03, 0x40, 0x20, 0, 0x41, 1, 0x6a, 0x22, 0, 0x41, 10, 0x48, 0x0d, 0, 0x0b, 0x20, 0],
    10
  ]
};

it.each(Object.keys(functions))("keeps what code does: %s", (name) => {
  const [body, result] = functions[name];
  const module = moduleOf(...body);
  const encoded = encode(module);
  expect(isTakenApart(encoded)).toBe(true);
  const decoded = new WebAssembly.Module(decode({ unpacker, ...encoded }));
  expect(new WebAssembly.Instance(decoded).exports.f()).toBe(result);
  expect(WebAssembly.Module.customSections(decoded, "n")[0].byteLength).toBe(1);
});

it.each([
  ["an instruction that it does not know", [0xfd, 0x0c, ...new Array(16).fill(0), 0xfd, 0x1b, 0]],
  ["a number in more bytes than it needs", [0x20, 0x80, 0x00]],
  ["an instruction of tables", [0xfc, 12, 0, 0]]
])("leaves a module in one piece that has %s", (_, body) => {
  const module = moduleOf(...body);
  const encoded = encode(module);
  expect(isTakenApart(encoded)).toBe(false);
  expect(decode({ unpacker, ...encoded })).toEqual(module);
});

it("took the module that is shipped apart", () => {
  expect(isTakenApart(shipped)).toBe(true);
  const decoded = decode(shipped);
  expect(WebAssembly.validate(decoded)).toBe(true);
  // What was decoded encodes to the same strings.
  expect({ unpacker, ...encode(decoded) }).toEqual({ ...shipped });
});
