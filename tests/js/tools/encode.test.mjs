import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { bytesOf, decode as decodeWith } from "../../../js/engine/decode.ts";
import { decoder, encoded, first, size } from "../../../js/engine/generated/sip-wasm-binary.js";
import { encode as encodeWith, encodedSource } from "../../../tools/lib/encode.mjs";
import { readModule } from "../../../tools/lib/wasm-code.mjs";

/** The build's. */
const encoder = readFileSync(new URL("../../../build/encoder.wasm", import.meta.url));
const encode = (wasm) => encodeWith(encoder, wasm);
const decode = ({ text, size }) => decodeWith(decoder, text, size);

const leb = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...leb(value >> 7)]);
const sized = (bytes) => [...leb(bytes.length), ...bytes];
const section = (id, contents) => [id, ...sized(contents)];

/** A module of one memory and functions of the type () -> i64, exported as f0, f1 and so on. */
function moduleOf(...bodies) {
  const exported = bodies.map((_, i) => [2, 0x66, 0x30 + i, 0, i]);
  return Uint8Array.of(
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 0, 1, 0x7e]),
    ...section(3, sized(bodies.map(() => 0))),
    ...section(5, [1, 0, 1]),
    ...section(7, [bodies.length, ...exported.flat()]),
    ...section(10, [bodies.length, ...bodies.flatMap(sized)]),
    ...section(11, [1, 0, 0x41, 0, 0x0b, ...sized([...Array(256).keys()])])
  );
}

const extended = [0xac, 0x0b];
const bodies = {
  "a constant": [0, 0x41, 42, ...extended],
  "the least of 32 bits": [0, 0x41, 0x80, 0x80, 0x80, 0x80, 0x78, ...extended],
  "the greatest of 32 bits": [0, 0x41, 0xff, 0xff, 0xff, 0xff, 0x07, ...extended],
  "-64 and -65": [0, 0x41, 0x40, 0x41, 0xbf, 0x7f, 0x6a, ...extended],
  "63 and 64": [0, 0x41, 63, 0x41, 0xc0, 0, 0x6a, ...extended],
  "64 bits": [0, 0x42, ...Array(9).fill(0xff), 0x00, 0x0b],
  "floating point": [0, 0x43, 0, 0, 0x28, 0x42, 0xae, 0x0b],
  "double precision": [0, 0x44, 0, 0, 0, 0, 0, 0, 0x45, 0x40, 0xb0, 0x0b],
  "no trap": [0, 0x44, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f, 0xfc, 0x06, 0x0b],
  "variables of two types": [
    ...[2, 3, 0x7f, 1, 0x7e],
    ...[0x41, 7, 0x21, 2, 0x20, 2, 0x22, 0, 0xac, 0x21, 3, 0x20, 0, 0x1a, 0x20, 3, 0x0b]
  ],
  "memory, aligned": [0, 0x41, 4, 0x29, 3, 0xfc, 1, 0x0b],
  "branches through a table": [
    ...[0, 0x02, 0x40, 0x02, 0x40, 0x41, 1, 0x0e, 2, 0, 1, 0, 0x0b, 0x42, 1, 0x0f, 0x0b],
    ...[0x42, 2, 0x0b]
  ],
  "memory filled": [0, 0x41, 0, 0x41, 1, 0x41, 8, 0xfc, 0x0b, 0, 0x41, 0, 0x29, 3, 0, 0x0b],
  "the same again and again": [0, 0x42, 1, ...Array(200).fill([0x42, 1, 0x7c]).flat(), 0x0b]
};

const results = (wasm) => {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm));
  return Object.values(exports).map((exported) => exported());
};

it.each(Object.keys(bodies))("decodes what does the same: %s", (name) => {
  const wasm = moduleOf(bodies[name]);
  const decoded = decode(encode(wasm));
  expect(readModule(decoded)).toEqual({ ...readModule(wasm), head: expect.anything() });
  expect(results(decoded)).toEqual(results(wasm));
});

it("decodes many functions", () => {
  const wasm = moduleOf(...Object.values(bodies).slice(0, 10));
  expect(results(decode(encode(wasm)))).toEqual(results(wasm));
});

it(
  "decodes a body of more than 16 KB and a variable of a number of two bytes",
  { timeout: 60_000 },
  () => {
    const constants = Array.from({ length: 9000 }, (_, i) => [0x41, i & 63, 0x21, 0xac, 0x02]);
    const wasm = moduleOf([1, 0xad, 2, 0x7f, ...constants.flat(), 0x20, 0xac, 0x02, ...extended]);
    expect(results(decode(encode(wasm)))).toEqual(results(wasm));
  }
);

it("decodes a module of a megabyte, as debug builds are", { timeout: 60_000 }, () => {
  const names = section(0, [1, 0x6e, ...new Array(1_000_000).fill(7)]);
  const wasm = Uint8Array.from([...moduleOf(bodies["a constant"]), ...names]);
  const decoded = decode(encode(wasm));
  expect(readModule(decoded).tail).toHaveLength(readModule(wasm).tail.length);
  expect(results(decoded)).toEqual([42n]);
});

it("says which instruction it does not know", () => {
  expect(() => encode(moduleOf([0, 0xfd, 0x0c, 0x0b]))).toThrow("253");
});

it("encodes the same each time, as long as it is", () => {
  const wasm = moduleOf(...Object.values(bodies));
  const written = encode(wasm);
  expect(encode(wasm)).toEqual(written);
  expect(decode(written)).toHaveLength(written.size);
  expect(readModule(decode(written)).functions).toEqual(readModule(wasm).functions);
});

it("writes any bytes as text", () => {
  const wasm = moduleOf(...Object.values(bodies));
  const all = Uint8Array.from([...wasm, ...Array(256).keys()]);
  expect(/first = "(.*)"/.exec(encodedSource(all, wasm))?.[1]).toSatisfy(
    (text) => bytesOf(text).join() === all.join()
  );
});

it("says what the decoder has no room for", { timeout: 60_000 }, () => {
  const variable = moduleOf([
    1, 0x81, 0x80, 0x04, 0x7f, 0x41, 0, 0x21, 0x80, 0x80, 0x04, 0x42, 0, 0x0b
  ]);
  expect(() => encode(variable)).toThrow("so many variables");
  const constants = Array.from({ length: 5000 }, (_, i) => [0x42, (i & 127) | 128, i >> 7, 0x1a]);
  expect(() => encode(moduleOf([0, ...constants.flat(), 0x42, 0, 0x0b]))).toThrow("many patterns");
  const blocks = [...Array(5000).fill([0x02, 0x40]).flat(), ...Array(5000).fill(0x0b)];
  expect(() => encode(moduleOf([0, ...blocks, 0x42, 0, 0x0b]))).toThrow("so many blocks");
});

it("needs no escapes in JavaScript", async () => {
  const wasm = moduleOf(...Object.values(bodies));
  const source = encodedSource(wasm, Uint8Array.of(1, 65, 255), encoder, wasm);
  expect(source).toMatch(/^[\x20-\x7e\n]*$/);
  expect(source).not.toContain("\\");
  const url = `data:text/javascript,${encodeURIComponent(source)}`;
  const { text, size } = encode(wasm);
  const expected = { decoder: "%A~K", encoded: text, size };
  expect(await import(/* @vite-ignore */ url)).toMatchObject(expected);
});

it("decodes the modules of the package to the last byte", { timeout: 60_000 }, () => {
  expect(WebAssembly.validate(bytesOf(first))).toBe(true);
  if (!size) return;
  const second = decodeWith(decoder, encoded, size);
  expect(second).toHaveLength(size);
  expect(WebAssembly.validate(second)).toBe(true);
  expect(encode(second)).toEqual({ text: encoded, size });
});
