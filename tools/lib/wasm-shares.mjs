// What each directory of C++ adds to the WebAssembly module, by the bytes of its functions.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { at, have, run } from "./process.mjs";

const build = "build/wasm-release";

/**
 * @returns {[string, number][]} Directories and their shares of the module, largest first; nothing
 * if the module was built without names or there is no program to read object files.
 */
export function wasmShares() {
  const named = at(build, "wasm/named.wasm");
  if (!existsSync(named) || !reader()) return [];
  const { functions, total } = functionSizes(readFileSync(named));
  const ownerOf = functionOwners();
  const sizes = new Map();
  let rest = total;
  for (const [name, bytes] of functions) {
    const owner = ownerOf(name);
    sizes.set(owner, (sizes.get(owner) ?? 0) + bytes);
    rest -= bytes;
  }
  sizes.set("data, tables", rest);
  return [...sizes].map(([name, bytes]) => [name, bytes / total]).sort((a, b) => b[1] - a[1]);
}

const reader = () => ["llvm-nm", "llvm-nm-14", "emnm"].find(have);

/** Which directory, or else whose library, a function of the module is from, by its name. */
export function functionOwners() {
  const owners = symbolOwners(reader());
  return (name) => owners.get(unescaped(name)) ?? ownerByName(unescaped(name));
}

/** Who has a function that no object file of ours defines, or that is a template's. */
function ownerByName(name) {
  if (/\babsl::/.test(name)) return "abseil";
  if (/\bsip::/.test(name)) return "templates of ours";
  if (/embind|emscripten/.test(name)) return "embind";
  return "C and C++ library";
}

/** The functions of src/ and wasm/ by name, with the directory that defines them. */
function symbolOwners(nm) {
  const owners = new Map();
  const listed = [
    ...objects(at(build, "CMakeFiles/sip.dir")),
    ...objects(at(build, "wasm/CMakeFiles/sip_wasm.dir"))
  ];
  if (!listed.length) return owners;
  let directory = "";
  for (const line of run(nm, ["--defined-only", "--demangle", ...listed]).split("\n")) {
    const file = /^(\/.*)\.o:$/.exec(line);
    if (file) directory = directoryOf(file[1]);
    // W is weak: a template or an inline function, which many files define alike.
    const symbol = /^[-0-9a-f]* [tT] (.*)$/.exec(line);
    if (symbol) owners.set(symbol[1], directory);
  }
  return owners;
}

function directoryOf(object) {
  const source = /sip\.dir\/(src\/[^/]+)\//.exec(object);
  return source ? source[1] : "wasm";
}

function objects(dir) {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name.endsWith(".o"))
    .map((entry) => join(entry.path ?? dirname(dir), entry.name));
}

/** The bodies' sizes of a module that has a name section. */
function functionSizes(wasm) {
  let at = 8;
  let imported = 0;
  const sizes = [];
  const names = new Map();
  const leb = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  const string = () => {
    const length = leb();
    at += length;
    return wasm.toString("utf8", at - length, at);
  };
  const readImports = () => {
    for (let count = leb(); count > 0; count--) {
      string();
      string();
      const kind = wasm[at++];
      if (kind === 0) {
        imported++;
        leb();
      } else throw new Error("an import that is no function");
    }
  };
  const readBodies = () => {
    for (let count = leb(); count > 0; count--) {
      const size = leb();
      sizes.push(size);
      at += size;
    }
  };
  const readNames = (end) => {
    while (at < end) {
      const kind = wasm[at++];
      const length = leb();
      const next = at + length;
      if (kind === 1) for (let count = leb(); count > 0; count--) names.set(leb(), unescaped(string()));
      at = next;
    }
  };
  let total = 0;
  while (at < wasm.length) {
    const id = wasm[at++];
    const length = leb();
    const end = at + length;
    if (id === 2) readImports();
    if (id === 10) readBodies();
    if (id === 0 && string() === "name") readNames(end);
    if (id !== 0) total += length;
    at = end;
  }
  const functions = sizes.map((size, i) => [names.get(i + imported) ?? "", size]);
  return { functions, total };
}

/** binaryen writes characters that its text form does not allow as `\hh`. */
function unescaped(name) {
  return name.replace(/\\([0-9a-f]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
}
