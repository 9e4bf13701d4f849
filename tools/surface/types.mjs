// What two packages' declaration files export, compared name by name and member by member.
import ts from "typescript";
import { Shapes } from "./shape.mjs";

const options = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: [],
  strict: true,
  skipLibCheck: true,
  noEmit: true
};

/** Words for what a name can be. */
const kinds = [
  [ts.SymbolFlags.Class, "class"],
  [ts.SymbolFlags.Interface, "interface"],
  [ts.SymbolFlags.Enum, "enum"],
  [ts.SymbolFlags.Function, "function"],
  [ts.SymbolFlags.Variable, "variable"],
  [ts.SymbolFlags.TypeAlias, "type"],
  [ts.SymbolFlags.Module, "namespace"]
];

const hidden = ts.ModifierFlags.Private;

/** Reads declaration files of both packages with one compiler. */
export class Types {
  constructor(files) {
    this.program = ts.createProgram(files, options);
    this.checker = this.program.getTypeChecker();
    this.shapes = new Shapes(this.checker);
  }

  /** What a declaration file exports: symbols by name, aliases resolved. */
  exports(file) {
    const source = this.program.getSourceFile(file);
    const module = source && this.checker.getSymbolAtLocation(source);
    const symbols = module ? this.checker.getExportsOfModule(module) : [];
    return new Map(
      symbols.map((symbol) => [
        symbol.name,
        symbol.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol
      ])
    );
  }

  /**
   * Describes what a symbol is: facts by name, each with its text and what it takes to tell whether
   * another one's fact of this name will do.
   * @returns {Map<string, { text: string, type?: ts.Type }>}
   */
  facts(name, symbol) {
    const facts = new Map([[name, { text: kindOf(symbol) }]]);
    const add = (key, text, more) => facts.set(key, { text, ...more });
    if (symbol.flags & ts.SymbolFlags.ValueModule && symbol.declarations.every(ts.isSourceFile)) {
      return facts;
    }
    if (symbol.flags & ts.SymbolFlags.Enum) this.enumFacts(name, symbol, add);
    else if (symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) {
      this.classFacts(name, symbol, add);
    } else {
      const isType = symbol.flags & ts.SymbolFlags.TypeAlias;
      const type = isType
        ? this.checker.getDeclaredTypeOfSymbol(symbol)
        : this.checker.getTypeOfSymbol(symbol);
      add(name, `${kindOf(symbol)} ${this.shapes.of(type)}`, { type });
    }
    return facts;
  }

  enumFacts(name, symbol, add) {
    for (const member of symbol.exports.values()) {
      add(
        `${name}.${member.name}`,
        JSON.stringify(this.checker.getConstantValue(member.valueDeclaration))
      );
    }
  }

  classFacts(name, symbol, add) {
    const type = this.checker.getDeclaredTypeOfSymbol(symbol);
    const bases = this.checker.getBaseTypes(type).map((each) => this.shapes.of(each));
    if (bases.length) add(`${name} extends`, bases.sort().join(", "));
    type.getCallSignatures().forEach((each) => add(`${name}()`, this.shapes.signature(each)));
    for (const { keyType, type: value } of this.checker.getIndexInfosOfType(type)) {
      add(`${name}[${this.shapes.of(keyType)}]`, this.shapes.of(value));
    }
    for (const member of this.checker.getPropertiesOfType(type)) {
      this.memberFact(`${name}#${member.name}`, member, add);
    }
    if (symbol.flags & ts.SymbolFlags.Class) this.staticFacts(name, symbol, add);
  }

  staticFacts(name, symbol, add) {
    const type = this.checker.getTypeOfSymbol(symbol);
    const made = type.getConstructSignatures();
    made.forEach((each, i) =>
      add(`new ${name}${i || ""}`, access(each.declaration) + this.shapes.signature(each))
    );
    for (const member of this.checker.getPropertiesOfType(type)) {
      if (member.name !== "prototype") this.memberFact(`${name}.${member.name}`, member, add);
    }
  }

  memberFact(key, member, add) {
    const declaration = member.declarations?.[0];
    if (declaration && ts.getCombinedModifierFlags(declaration) & hidden) return;
    const type = this.checker.getTypeOfSymbol(member);
    const optional = Boolean(member.flags & ts.SymbolFlags.Optional);
    const shape = this.shapes.property(member).replace(/^(readonly )?[^:]*?: /, "$1");
    add(key, `${access(declaration)}${optional ? "optional " : ""}${shape}`, { type, optional });
  }

  /** Whether each of two types can take the place of the other. */
  interchangeable(a, b) {
    if (!a || !b) return false;
    return this.checker.isTypeAssignableTo(a, b) && this.checker.isTypeAssignableTo(b, a);
  }
}

function kindOf(symbol) {
  const found = kinds.filter(([flag]) => symbol.flags & flag).map(([, word]) => word);
  const abstract = symbol.declarations?.some(
    (each) => ts.getCombinedModifierFlags(each) & ts.ModifierFlags.Abstract
  );
  return (abstract ? "abstract " : "") + found.join(" and ");
}

/** Whatever of `protected` and `abstract` a declaration says. */
function access(declaration) {
  if (!declaration) return "";
  const flags = ts.getCombinedModifierFlags(declaration);
  return [
    [ts.ModifierFlags.Private, "private "],
    [ts.ModifierFlags.Protected, "protected "],
    [ts.ModifierFlags.Abstract, "abstract "]
  ]
    .filter(([flag]) => flags & flag)
    .map(([, word]) => word)
    .join("");
}

/**
 * Compares what two declaration files export.
 * @returns {{ path: string, verdict: "same" | "differs" | "missing" | "more", theirs?: string, ours?: string }[]}
 */
export function compareTypes(types, theirFile, ourFile) {
  const theirs = types.exports(theirFile);
  const ours = types.exports(ourFile);
  const found = [];
  for (const [name, symbol] of theirs) {
    const mine = ours.get(name);
    found.push(...compareFacts(types, types.facts(name, symbol), mine && types.facts(name, mine)));
  }
  for (const name of ours.keys()) {
    if (!theirs.has(name)) found.push({ path: name, verdict: "more" });
  }
  return found;
}

function* compareFacts(types, theirs, ours = new Map()) {
  for (const [path, { text, type }] of theirs) {
    const mine = ours.get(path);
    if (!mine) yield { path, verdict: "missing", theirs: text };
    else if (mine.text === text || sameBut(types, { text, type }, mine))
      yield { path, verdict: "same" };
    else yield { path, verdict: "differs", theirs: text, ours: mine.text };
  }
  for (const [path, { text, optional }] of ours) {
    if (theirs.has(path)) continue;
    // A member more costs an application something only if it must write it.
    const demanded = optional === false && theirs.values().next().value.text === "interface";
    yield { path, verdict: demanded ? "differs" : "more", theirs: "nothing", ours: text };
  }
}

/** Shapes may differ in writing alone; what each of two types takes and gives decides then. */
function sameBut(types, theirs, ours) {
  const modifiers = (text) => text.match(/^((private|protected|abstract|optional|readonly) )*/)[0];
  return (
    modifiers(theirs.text) === modifiers(ours.text) && types.interchangeable(theirs.type, ours.type)
  );
}
