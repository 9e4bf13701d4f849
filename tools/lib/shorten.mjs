// Makes of js/ what is shipped. Members that are private, marked @internal or begin with _ get short
// names, which no bundler may do by itself: it does not know that nobody else uses them. Members of
// enumerations become values, which no bundler does either: it is not told that they are constant.
// Classes become constants, see below.
import ts from "typescript";
import { shortNames } from "./short-names.mjs";

/**
 * Makes what tsc would, with members renamed, in the declarations too: an application that by chance
 * names a member of a subclass alike is told by its compiler. What is renamed goes through the
 * compiler again, which finds a name that was not changed wherever it is used.
 * @param {string} configFile - A tsconfig.json.
 * @param {Set<string>} known - Names that members which are not private keep.
 * @returns The text of each file, in which members have placeholders, and what makes of the code of all,
 *   as it is when it is minified, some functions that put names in place, of which any does.
 * @throws Error with the compiler's messages.
 */
export function compileShortened(configFile, known) {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail };
  const { fileNames, options } = ts.getParsedCommandLineOfConfigFile(configFile, {}, host);
  options.incremental = false;
  delete options.tsBuildInfoFile;
  const compiler = ts.createCompilerHost(options);
  const program = ts.createProgram(fileNames, options, compiler);
  check(program);
  const { texts, names } = shortened(program, new Set(fileNames), known);
  const second = {
    ...compiler,
    getSourceFile: (file, ...rest) =>
      texts.has(file)
        ? ts.createSourceFile(file, texts.get(file), ...rest)
        : program.getSourceFile(file) ?? compiler.getSourceFile(file, ...rest)
  };
  const renamed = ts.createProgram(fileNames, options, second);
  check(renamed);
  const before = [rewritten(renamed.getTypeChecker())];
  const files = new Map();
  renamed.emit(undefined, (file, text) => files.set(file, text), undefined, false, { before });
  const naming = (minified) => {
    const ways = shortNames(minified, placeholder, names.groups(), names.reserved);
    return ways.map((way) => (text) => text.replace(placeholder, (name) => way.get(name)));
  };
  return { files, naming };
}

/** The names of all members in the declarations of a directory: what an application may use. */
export function membersDeclaredIn(directory) {
  const names = new Set();
  for (const file of ts.sys.readDirectory(directory, [".d.ts"])) {
    const source = ts.createSourceFile(file, ts.sys.readFile(file), ts.ScriptTarget.Latest, true);
    visitAll(source, (node) => {
      const isMember = ts.isClassElement(node) || ts.isTypeElement(node) || ts.isEnumMember(node);
      if (isMember && node.name) names.add(node.name.text ?? node.name.getText());
    });
  }
  return names;
}

const formatting = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: ts.sys.getCurrentDirectory,
  getNewLine: () => "\n"
};

function check(program) {
  const found = ts.getPreEmitDiagnostics(program);
  if (found.length) throw new Error(ts.formatDiagnostics(found, formatting));
}

function fail(diagnostic) {
  throw new Error(ts.formatDiagnostic(diagnostic, formatting));
}

/**
 * Writes what compresses better and means the same. Enumerations as objects, and their members where
 * they are used as their values. Classes as constants: a minifier names the parameters of their
 * methods as those of functions then, which it does not in a class with a name of its own. Errors
 * without "new".
 */
function rewritten(checker) {
  return (context) => {
    const { factory } = context;
    const literal = (value) =>
      typeof value === "string"
        ? factory.createStringLiteral(value)
        : factory.createNumericLiteral(value);
    const property = (name, value) =>
      factory.createPropertyAssignment(
        typeof name === "string" ? factory.createIdentifier(name) : name,
        literal(value)
      );
    const properties = (member) => {
      const value = checker.getConstantValue(member);
      const name = member.name.getText();
      return typeof value === "string"
        ? [property(name, value)]
        : [property(name, value), property(literal(value), name)];
    };
    const call = (object, method, argument) =>
      factory.createCallExpression(factory.createPropertyAccessExpression(object, method), undefined, [
        argument
      ]);
    const named = ({ name, initializer }) =>
      initializer && ts.isStringLiteral(initializer) && initializer.text === name.text;
    /** The object of an enumeration. If each name is its own value, made of the names. */
    const objectOf = (members) => {
      if (!members.every(named)) return factory.createObjectLiteralExpression(members, true);
      const names = factory.createArrayLiteralExpression(members.map(({ name }) => literal(name.text)));
      const name = factory.createIdentifier("name");
      const parameters = [factory.createParameterDeclaration(undefined, undefined, name)];
      const pair = factory.createArrayLiteralExpression([name, name]);
      const pairs = factory.createArrowFunction(
        undefined,
        undefined,
        parameters,
        undefined,
        undefined,
        pair
      );
      return call(factory.createIdentifier("Object"), "fromEntries", call(names, "map", pairs));
    };
    const constant = ({ name, modifiers }, value) => {
      const variable = factory.createVariableDeclaration(name, undefined, undefined, value);
      const list = factory.createVariableDeclarationList([variable], ts.NodeFlags.Const);
      const exported = modifiers?.filter(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
      return factory.createVariableStatement(exported, list);
    };
    const visit = (node) => {
      if (ts.isEnumDeclaration(node)) {
        return constant(node, objectOf(node.members.flatMap(properties)));
      }
      if (ts.isObjectLiteralExpression(node) && node.properties.length > 4 && node.properties.every(named)) {
        return objectOf(node.properties);
      }
      const symbol = ts.isPropertyAccessExpression(node) && checker.getSymbolAtLocation(node);
      if (symbol && symbol.flags & ts.SymbolFlags.EnumMember) {
        return literal(checker.getConstantValue(symbol.valueDeclaration));
      }
      const visited = ts.visitEachChild(node, visit, context);
      if (ts.isNewExpression(node) && /^(Type)?Error$/.test(node.expression.getText())) {
        return factory.createCallExpression(visited.expression, undefined, visited.arguments);
      }
      if (!ts.isClassDeclaration(node)) return visited;
      const { typeParameters, heritageClauses, members } = visited;
      return constant(
        visited,
        factory.createClassExpression(undefined, undefined, typeParameters, heritageClauses, members)
      );
    };
    return (file) => ts.visitNode(file, visit);
  };
}

/** The text of each file with placeholders of the short names, and who these are for. */
function shortened(program, files, known) {
  const checker = program.getTypeChecker();
  const sources = program.getSourceFiles().filter(({ fileName }) => files.has(fileName));
  const names = new Names(checker, known);
  for (const source of sources) visitAll(source, (node) => names.reserve(node));
  const texts = new Map(
    sources.map((source) => {
      const edits = [];
      visitAll(source, (node) => {
        if (ts.isIdentifier(node)) edits.push(...names.edits(node));
        if (ts.isAsExpression(node)) names.checkAssertion(node);
      });
      return [source.fileName, edited(source.text, edits)];
    })
  );
  return { texts, names };
}

function visitAll(node, visit) {
  visit(node);
  ts.forEachChild(node, (child) => visitAll(child, visit));
}

function edited(text, edits) {
  let result = "";
  let at = 0;
  for (const [start, end, replacement] of edits.sort((a, b) => a[0] - b[0])) {
    result += text.slice(at, start) + replacement;
    at = end;
  }
  return result + text.slice(at);
}

/** What a member is called until all is known that speaks of it. */
const placeholder = /\$_\d+/g;

class Names {
  /** Of the declaration of each member that gets another one: its placeholder, one for each noun of `internal`. */
  names = new Map();
  /** How many placeholders there are. */
  size = 0;
  reserved = new Set();
  /** The declarations of internal members by their noun, which has one name in all classes. */
  internal = new Map();
  /** Of each class those that extend it. */
  subclasses = new Map();
  /** The types of all classes. */
  classes = new Set();

  constructor(checker, known) {
    this.checker = checker;
    this.known = known;
  }

  /** A name that somebody chose is none for another member: a subclass may have it. */
  reserve(node) {
    if (ts.isClassLike(node)) this.addClass(node);
    const isMember = ts.isClassElement(node) || ts.isTypeElement(node) || isParameterProperty(node);
    if (!isMember || !node.name) return;
    const name = node.name.getText();
    if (isPrivate(node)) {
      this.names.set(node, this.another());
    } else if (isInternal(node) && !this.known.has(name)) {
      const declarations = this.internal.get(name) ?? [];
      this.internal.set(name, [...declarations, node]);
      this.names.set(node, this.names.get(declarations[0]) ?? this.another());
    } else {
      this.reserved.add(name);
    }
  }

  another() {
    return `$_${this.size++}`;
  }

  addClass(node) {
    const type = this.checker.getTypeAtLocation(node);
    this.classes.add(type);
    const base = baseOf(type)?.symbol;
    this.subclasses.set(base, [...(this.subclasses.get(base) ?? []), type.symbol]);
  }

  /**
   * The placeholders of what an object may have, or be asked for: of the private members of a class and
   * of those that it extends, and of the internal ones of all types that it can be taken for.
   */
  groups() {
    const { checker } = this;
    const internal = new Map();
    for (const declarations of this.internal.values()) {
      for (const declaration of declarations) {
        const { parent } = declaration;
        const owner = ts.isConstructorDeclaration(parent) ? parent.parent : parent;
        const type = checker.getTypeAtLocation(owner);
        internal.set(type, [...(internal.get(type) ?? []), this.names.get(declaration)]);
      }
    }
    return [...new Set([...internal.keys(), ...this.classes])].map((type) => {
      const related = [...internal].filter(([other]) => checker.isTypeAssignableTo(type, other));
      const group = new Set(related.flatMap(([, names]) => names));
      for (let each = type; each; each = baseOf(each)) {
        for (const { valueDeclaration } of each.symbol?.members?.values() ?? []) {
          if (this.names.has(valueDeclaration)) group.add(this.names.get(valueDeclaration));
        }
      }
      return [...group];
    });
  }

  /** The new name, undefined for a symbol that keeps its own. */
  nameOf(symbol) {
    const renamed = symbol?.declarations?.find((declaration) => this.names.has(declaration));
    return this.names.get(renamed);
  }

  /** An assertion must not let somebody use by its own name what has another one. */
  checkAssertion(node) {
    let from = node.expression;
    while (ts.isAsExpression(from)) from = from.expression;
    if (ts.isObjectLiteralExpression(from)) return;
    const classes = this.withSubclasses(this.checker.getTypeAtLocation(from).symbol);
    for (const property of this.checker.getTypeAtLocation(node).getProperties()) {
      if (property.valueDeclaration && isPrivate(property.valueDeclaration)) continue;
      const members = classes.map(({ members }) => members?.get(property.escapedName));
      if (members.some((member) => member && this.nameOf(member) !== this.nameOf(property))) {
        const { fileName } = node.getSourceFile();
        throw new Error(`${fileName}: ${node.getText()} has a private member ${property.name}`);
      }
    }
  }

  withSubclasses(symbol) {
    const subclasses = this.subclasses.get(symbol) ?? [];
    return symbol ? [symbol, ...subclasses.flatMap((each) => this.withSubclasses(each))] : [];
  }

  /** What to write instead of an identifier: none or one edit. */
  edits(node) {
    const { parent } = node;
    const whole = (text) => [[node.getStart(), node.end, text]];
    if (ts.isBindingElement(parent) && ts.isObjectBindingPattern(parent.parent)) {
      const key = parent.propertyName ?? parent.name;
      if (node !== key) return [];
      const object = this.checker.getTypeAtLocation(parent.parent);
      const name = this.nameOf(object.getProperty(node.text));
      if (!name) return [];
      return whole(parent.propertyName ? name : `${name}: ${node.text}`);
    }
    if (ts.isShorthandPropertyAssignment(parent)) {
      const value = this.nameOf(this.checker.getShorthandAssignmentValueSymbol(parent));
      const key = this.nameOf(this.wanted(parent));
      return key || value ? whole(`${key ?? node.text}: ${value ?? node.text}`) : [];
    }
    const isKey = ts.isObjectLiteralExpression(parent.parent) && parent.name === node;
    const symbol = isKey ? this.wanted(parent) : this.checker.getSymbolAtLocation(node);
    const name = this.nameOf(symbol);
    return name ? whole(name) : [];
  }

  /** What a property of an object literal is there for: that of the type which is asked for. */
  wanted(property) {
    const type = this.checker.getContextualType(property.parent);
    return type && this.checker.getNonNullableType(type).getProperty(property.name.text);
  }
}

const isInternal = (node) =>
  node.name.getText().startsWith("_") || isTagged(node) || isTagged(node.parent);

const isTagged = (node) => ts.getJSDocTags(node).some(({ tagName }) => tagName.text === "internal");

const baseOf = (type) => type.getBaseTypes?.()?.[0];

const isParameterProperty = (node) =>
  ts.isParameter(node) && ts.isParameterPropertyDeclaration(node, node.parent);

const isPrivate = (declaration) =>
  !!(ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Private);
