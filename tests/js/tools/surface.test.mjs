import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { compareModules } from "../../../tools/surface/runtime.mjs";
import { Types, compareTypes } from "../../../tools/surface/types.mjs";

let dir;
afterEach(() => dir && rmSync(dir, { recursive: true, force: true }));

/** What is not the same between two declaration files: `verdict path`. */
function differences(theirs, ours) {
  dir = mkdtempSync(join(tmpdir(), "surface-"));
  const [a, b] = [join(dir, "a.d.ts"), join(dir, "b.d.ts")];
  // Without this everything in such a file is exported.
  const only = "export {};\n";
  writeFileSync(a, only + theirs);
  writeFileSync(b, only + ours);
  return compareTypes(new Types([a, b]), a, b)
    .filter(({ verdict }) => verdict !== "same")
    .map(({ verdict, path }) => `${verdict} ${path}`);
}

describe("The comparison of declarations", () => {
  it.each([
    ["a name", "export const a: 1; export const b: 2;", "export const a: 1;", ["missing b"]],
    ["a kind", "export interface A {}", "export type A = {};", ["differs A"]],
    [
      "a member",
      "export interface A { b: 1; c: 2 }",
      "export interface A { b: 1 }",
      ["missing A#c"]
    ],
    ["a type", "export interface A { b: 1 }", "export interface A { b: 2 }", ["differs A#b"]],
    [
      "what is optional",
      "export interface A { b?: 1 }",
      "export interface A { b: 1 }",
      ["differs A#b"]
    ],
    [
      "what is readonly",
      "export class A { b: 1 }",
      "export class A { get b(): 1 }",
      ["differs A#b"]
    ],
    [
      "what is protected",
      "export class A { b: 1 }",
      "export class A { protected b: 1 }",
      ["differs A#b"]
    ],
    [
      "parameters",
      "export class A { b(c: 1): 2 }",
      "export class A { b(c: 1, d: 2): 2 }",
      ["differs A#b"]
    ],
    [
      "constructors",
      "export class A { constructor(b?: 1) }",
      "export class A { constructor(b: 1) }",
      ["differs new A"]
    ],
    ["statics", "export class A { static b: 1 }", "export class A {}", ["missing A.b"]],
    [
      "base classes",
      "declare class B {} export class A extends B {}",
      "export class A {}",
      ["missing A extends"]
    ],
    ["values of enums", "export enum A { B = 1 }", "export enum A { B = 2 }", ["differs A.B"]],
    [
      "a member more that must be written",
      "export interface A { b: 1 }",
      "export interface A { b: 1; c: 2; d?: 3 }",
      ["differs A#c", "more A#d"]
    ]
  ])("sees %s", (_what, theirs, ours, expected) => {
    expect(differences(theirs, ours)).toEqual(expected);
  });

  it.each([
    ["names of parameters", "export function a(b: 1): 2;", "export function a(c: 1): 2;"],
    ["the order of a union", "export type A = 1 | 'b';", "export type A = 'b' | 1;"],
    ["aliases", "type B = { c: 1 }; export type A = B;", "export type A = { c: 1 };"],
    ["private members", "export class A { private b: 1 }", "export class A { private c: 2 }"],
    [
      "where a type is declared",
      "declare class B { private c; } export function a(): B;",
      "export declare class B { private d; } export function a(): B;"
    ]
  ])("does not mind %s", (_what, theirs, ours) => {
    expect(differences(theirs, ours).filter((each) => !each.startsWith("more"))).toEqual([]);
  });
});

describe("The comparison of modules", () => {
  const differing = (theirs, ours, members = { members: [], statics: [] }) =>
    compareModules(theirs, ours, () => members)
      .filter(({ verdict }) => verdict !== "same")
      .map(({ verdict, path }) => `${verdict} ${path}`);

  it("sees names, kinds, values and numbers of parameters", () => {
    const theirs = { a: 1, b: () => {}, c: { d: 1 }, e: (_f) => {} };
    const ours = { b: 1, c: { d: 2 }, e: () => {} };
    expect(differing(theirs, ours)).toEqual([
      "missing a at run time",
      "differs b at run time",
      "differs c holds",
      "differs e takes"
    ]);
  });

  it("sees members, statics and base classes", () => {
    class Base {}
    const theirs = class A extends Base {
      static s = 1;
      m(_x) {}
      get g() {
        return 1;
      }
    };
    const ours = class A {
      static s = 2;
      m() {}
      g() {}
    };
    expect(differing({ A: theirs }, { A: ours }, { members: ["m", "g"], statics: ["s"] })).toEqual([
      "differs A is instance of",
      "differs A#m at run time",
      "differs A#g at run time",
      "differs A.s at run time"
    ]);
  });
});
