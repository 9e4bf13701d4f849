// What two packages' modules hold when they are loaded.

/**
 * Compares two loaded modules.
 * @param members - Of each class, the names of its public and protected members and statics, as
 *   `{ members: string[], statics: string[] }`: whatever else a class has is its own business.
 */
export function compareModules(theirs, ours, members) {
  const found = [];
  const say = (path, a, b) =>
    found.push(
      b === undefined
        ? { path, verdict: "missing", theirs: a }
        : a === b
          ? { path, verdict: "same" }
          : { path, verdict: "differs", theirs: a, ours: b }
    );
  for (const [name, value] of Object.entries(theirs)) {
    if (isNamespace(value)) continue;
    say(`${name} at run time`, sort(value), name in ours ? sort(ours[name]) : undefined);
    if (!(name in ours) || sort(value) !== sort(ours[name])) continue;
    if (isClass(value)) compareClasses(name, value, ours[name], members(name), say);
    else if (typeof value === "function") compareFunctions(name, value, ours[name], say);
    else say(`${name} holds`, text(value), text(ours[name]));
  }
  return found;
}

function compareClasses(name, theirs, ours, { members, statics }, say) {
  say(`${name} is made with`, theirs.length, ours.length);
  const mine = chain(ours);
  const lacking = chain(theirs).filter((each) => !mine.includes(each));
  say(`${name} is instance of`, "", lacking.join(", "));
  for (const member of members) {
    const found = inherited(theirs.prototype, member);
    if (found)
      say(`${name}#${member} at run time`, word(found), word(inherited(ours.prototype, member)));
  }
  for (const member of statics) {
    const found = inherited(theirs, member);
    if (found) say(`${name}.${member} at run time`, word(found), word(inherited(ours, member)));
  }
}

function compareFunctions(name, theirs, ours, say) {
  say(`${name} takes`, theirs.length, ours.length);
  if (!/^default/.test(name)) return;
  const value = called(theirs);
  if (value !== undefined) say(`${name} gives`, value, called(ours));
}

function called(make) {
  try {
    const value = make();
    return typeof value === "function" ? `a function of ${value.length}` : JSON.stringify(value);
  } catch (error) {
    return error.name;
  }
}

const isNamespace = (value) => value?.[Symbol.toStringTag] === "Module";
const isClass = (value) => typeof value === "function" && /^class\b/.test(String(value));
const sort = (value) => (isClass(value) ? "class" : typeof value);

/** A constant's value, or that of each of its fields; functions by what they take. */
function text(value) {
  return JSON.stringify(value, (_key, each) =>
    typeof each === "function" ? `a function of ${each.length}` : each
  );
}

/** The names of a class and of those that it extends. */
function chain(value) {
  const names = [];
  for (let each = value; each?.name; each = Object.getPrototypeOf(each)) names.push(each.name);
  return names;
}

function inherited(object, name) {
  for (let each = object; each; each = Object.getPrototypeOf(each)) {
    const descriptor = Object.getOwnPropertyDescriptor(each, name);
    if (descriptor) return descriptor;
  }
  return undefined;
}

function word(descriptor) {
  if (!descriptor) return undefined;
  if (descriptor.get || descriptor.set) {
    return [descriptor.get && "getter", descriptor.set && "setter"].filter(Boolean).join(" and ");
  }
  const { value } = descriptor;
  if (typeof value === "function") return `a function of ${value.length}`;
  return typeof value === "object" ? text(value) : String(value);
}
