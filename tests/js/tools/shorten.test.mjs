import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { compileShortened } from "../../../tools/lib/shorten.mjs";

const dir = mkdtempSync(join(tmpdir(), "shorten-"));

beforeEach(() => mkdirSync(dir, { recursive: true }));
afterEach(() => rmSync(dir, { recursive: true }));

/** The JavaScript and the declarations of a TypeScript file. */
function compiled(source, known = []) {
  const compilerOptions = {
    ...{ target: "ES2022", module: "ES2022", lib: ["ES2022"], types: [], strict: true },
    ...{ declaration: true, useDefineForClassFields: false, rootDir: ".", outDir: "lib" }
  };
  const config = join(dir, "tsconfig.json");
  writeFileSync(config, JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  writeFileSync(join(dir, "source.ts"), source);
  const { files, naming } = compileShortened(config, new Set(known));
  const [script, types] = [".js", ".d.ts"].map((kind) => files.get(join(dir, `lib/source${kind}`)));
  const [named] = naming(script);
  return { script: named(script), types: named(types) };
}

const run = (script) =>
  import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(script)}`);

const source = `
export class Base {
  static private = 1;
  protected kept = "protected";
  private hidden = "base";
  get own(): string { return this.hidden; }
}
export class Derived extends Base {
  e = "public of one letter";
  private concealed = "derived";
  private get computed(): string { return this.concealed; }
  constructor(private readonly parameter: string, private readonly other = parameter + "!") {
    super();
    this.shared = { parameter };
  }
  private shared: { parameter: string };
  private join(...parts: string[]): string { return parts.join(); }
  all(derived: Derived): string {
    const { concealed, parameter: renamed, ...rest } = derived;
    const object = { concealed };
    const fields = [object.concealed, renamed, rest.e, this.computed, this.other];
    return this.join(...fields, this.shared.parameter, this.kept, this.own);
  }
}
export class Separate { private hidden = 2; get twice(): number { return 2 * this.hidden; } }
`;

it("renames private members wherever they are used, and no others", async () => {
  const { script, types } = compiled(source);
  expect(script).not.toMatch(/this\.(hidden|concealed|computed|other|join)\b/);
  expect(types).toMatch(/protected kept/);
  expect(types).not.toMatch(/private (readonly )?(hidden|concealed|parameter)\b/);
  const { Derived, Separate } = await run(script);
  const derived = new Derived("given");
  expect(derived.all(derived)).toBe(
    "derived,given,public of one letter,derived,given!,given,protected,base"
  );
  expect(new Separate().twice).toBe(4);
});

it("gives no two members of an object the same name", async () => {
  const { Derived } = await run(compiled(source).script);
  const names = Object.keys(new Derived(""));
  expect(names).toHaveLength(7);
  expect(names).toContain("kept");
  expect(names).toContain("e");
});

it("gives names that an application hardly gives to a member of its own", async () => {
  const { Derived } = await run(compiled(source).script);
  for (const name of Object.keys(new Derived(""))) expect(name).toMatch(/^(\$\w+|kept|own|e)$/);
});

it("uses a name again in a class that has nothing to do with the first", () => {
  const { types } = compiled(
    "export class A { private a1 = 1 }\nexport class B { private b1 = 1 }"
  );
  const [first, second] = types.match(/private [\w$]+/g);
  expect(second).toBe(first);
});

it("renames what is internal alike in all classes, but for names that are known", async () => {
  const source = `
    /** @internal */
    export interface Shape { corners: number; title?: string }
    export class Square implements Shape {
      /** @internal */
      corners = 4;
      /** @internal */
      title = "square";
      protected _area = 16;
      private side = 1;
      grown = 0;
    }
    /** @internal */
    export class Counter {
      total = 0;
      add({ corners }: Shape): number { return (this.total += corners); }
    }
    export const corners = 3;
    export const triangle: Shape = { corners, title: "triangle" };
    const shapes = [new Square(), triangle, { corners: 5 } as Shape];
    export const sum = shapes.map((shape: Shape) => shape.corners);
    export const total = new Counter().add(triangle);
  `;
  const { script, types } = compiled(source, ["title"]);
  const { Square, triangle, sum, total } = await run(script);
  expect(sum).toEqual([4, 3, 5]);
  expect(total).toBe(3);
  expect(Object.keys(triangle)).not.toContain("corners");
  expect(Object.keys(triangle)).toContain("title");
  expect(new Set(Object.keys(new Square()))).toHaveLength(5);
  expect(types).not.toMatch(/^ +(protected )?(corners|total|add|_area)\b/m);
});

it("gives two internal members the same name only if no object has both or is asked for both", async () => {
  const source = `
    /** @internal */
    export interface Face { deliver(): void; sent?: string; heard?: string }
    /** @internal */
    export class Bare implements Face { deliver(): void {} weight = 1; }
    /** @internal */
    export class Base { first = 1; }
    export class Derived extends Base { /** @internal */ second = 2; }
    /** @internal */
    export class Other { third = 3; fourth = 4; }
    const face: Face = new Bare();
    export const asked = [face.sent, face.heard];
  `;
  const { script } = compiled(source);
  const { asked, Bare, Derived, Other } = await run(script);
  expect(asked).toEqual([undefined, undefined]);
  const names = [new Derived(), new Other(), new Bare()].flatMap((each) => Object.keys(each));
  expect(names).toHaveLength(5);
  expect(new Set(Object.keys(new Derived()))).toHaveLength(2);
  expect(new Set(names).size).toBeLessThan(5);
});

it("writes the value for a member of an enumeration, which is still an object", async () => {
  const { script, types } = compiled(`
    export enum State { On = "on", Off = "off" }
    export enum Level { Low, High = 5 }
    export const used: (State | Level)[] = [State.Off, Level.High];
    export const of = { [State.On]: 1 };
  `);
  expect(script).not.toMatch(/State\.|Level\./);
  expect(types).toMatch(/enum State/);
  const { State, Level, used, of } = await run(script);
  expect(State).toEqual({ On: "on", Off: "off" });
  expect(Level).toEqual({ Low: 0, 0: "Low", High: 5, 5: "High" });
  expect(used).toEqual(["off", 5]);
  expect(of).toEqual({ on: 1 });
});

it("says so if an assertion gives a private member another name", () => {
  const wrong = `
    interface Shown { part: number }
    class A { shown = this as unknown as Shown; }
    class B extends A { private part = 1; }
  `;
  expect(() => compiled(wrong)).toThrow(/source\.ts.*private member part/s);
});

it.each([
  ["a type is wrong", "export const text: string = 1;"],
  ["a private member is read by a text", 'class A { private a1 = 1; b = this["a1"] }']
])("says so if %s", (_, wrong) => expect(() => compiled(wrong)).toThrow(/source\.ts.*error TS/s));
