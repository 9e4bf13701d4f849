// A type as text that is equal for two types that an application can tell apart in no way. Types
// that a package declares count by name, as each is compared by itself; types of the language and
// of the browser too; unions are sorted, aliases and anonymous types written out.
import ts from "typescript";

/** `declared` says whether a declaration's file belongs to a compared package or to a library. */
export class Shapes {
  constructor(checker) {
    this.checker = checker;
    this.open = [];
  }

  /** The text of a type. `optional` leaves `undefined` out of a union. */
  of(type, optional = false) {
    const { flags } = type;
    if (flags & ts.TypeFlags.EnumLiteral && !(flags & ts.TypeFlags.Union)) {
      return `${type.symbol.parent?.name ?? ""}.${type.symbol.name}`;
    }
    if (flags & ts.TypeFlags.EnumLike) return type.symbol.name;
    if (type.isUnion()) return this.union(type, optional);
    if (type.isIntersection()) return sorted(type.types.map((each) => this.of(each))).join(" & ");
    if (!(flags & ts.TypeFlags.Object)) return this.checker.typeToString(type);
    return this.object(type);
  }

  union(type, optional) {
    const parts = new Set(type.types.map((each) => this.of(each)));
    if (optional) parts.delete("undefined");
    if (parts.delete("true") && parts.delete("false")) parts.add("boolean");
    return sorted([...parts]).join(" | ");
  }

  object(type) {
    const named = type.symbol && type.symbol.name !== "__type" && type.symbol.name !== "__object";
    const isValue = type.objectFlags & ts.ObjectFlags.Anonymous;
    if (named && isValue && type.symbol.flags & ts.SymbolFlags.Class) {
      return `typeof ${type.symbol.name}`;
    }
    if (named && !isValue) {
      // An interface that adds nothing to another is that one, by another name.
      const bases = type.symbol.declarations?.every(addsNothing) && this.checker.getBaseTypes(type);
      if (bases?.length === 1) return this.of(bases[0]);
      const all = this.checker.getTypeArguments(type);
      const args = all.filter((each) => !each.isThisType).map((each) => this.of(each));
      return type.symbol.name + (args.length ? `<${args.join(", ")}>` : "");
    }
    if (this.open.includes(type)) return "(itself)";
    this.open.push(type);
    const text = this.anonymous(type);
    this.open.pop();
    return text;
  }

  anonymous(type) {
    const parts = [
      ...type.getCallSignatures().map((each) => this.signature(each)),
      ...type.getConstructSignatures().map((each) => `new ${this.signature(each)}`)
    ];
    for (const { keyType, type: value } of this.checker.getIndexInfosOfType(type)) {
      parts.push(`[${this.of(keyType)}]: ${this.of(value)}`);
    }
    for (const property of sorted(type.getProperties(), (each) => each.name)) {
      parts.push(this.property(property));
    }
    return parts.length === 1 && type.getCallSignatures().length
      ? parts[0]
      : `{ ${parts.join("; ")} }`;
  }

  /** `name?: type`, with `readonly` where it may not be assigned. */
  property(symbol) {
    const optional = Boolean(symbol.flags & ts.SymbolFlags.Optional);
    const type = this.checker.getTypeOfSymbol(symbol);
    const readonly = isReadonly(symbol) ? "readonly " : "";
    return `${readonly}${symbol.name}${optional ? "?" : ""}: ${this.of(type, optional)}`;
  }

  /** `(type, type?, ...type[]) => type`. Names of parameters are nobody's concern. */
  signature(signature) {
    const parameters = signature.getParameters().map((symbol) => {
      const declaration = symbol.valueDeclaration;
      const optional = Boolean(declaration && this.checker.isOptionalParameter(declaration));
      const rest = declaration?.dotDotDotToken ? "..." : "";
      const type = this.checker.getTypeOfSymbol(symbol);
      return `${rest}${this.of(type, optional)}${optional ? "?" : ""}`;
    });
    const predicate = this.checker.getTypePredicateOfSignature(signature);
    const result = predicate?.type
      ? `is ${this.of(predicate.type)}`
      : this.of(signature.getReturnType());
    return `(${parameters.join(", ")}) => ${result}`;
  }
}

const addsNothing = (node) => ts.isInterfaceDeclaration(node) && node.members.length === 0;

/** Whether a property has no setter: declared `readonly`, or by a getter alone. */
export function isReadonly(symbol) {
  const declarations = symbol.declarations ?? [];
  if (declarations.some(ts.isSetAccessor)) return false;
  return declarations.some(
    (each) =>
      ts.isGetAccessor(each) || ts.getCombinedModifierFlags(each) & ts.ModifierFlags.Readonly
  );
}

function sorted(list, by = (each) => each) {
  return [...list].sort((a, b) => (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0));
}
