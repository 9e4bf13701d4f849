// The direction of dependency, as the README draws it. `layering` knows no file system: it takes the
// files' texts and returns what is wrong with them.
import { posix } from "node:path";

/** src/: a folder includes itself and what stands before it. */
const folders = [
  "base",
  "grammar",
  "messages",
  "transport",
  "transactions",
  "dialogs",
  "user_agents",
  "stack"
];

/** Standard headers that would give the core a clock, I/O, threads or randomness of its own. */
const forbiddenHeaders =
  /^(iostream|istream|ostream|fstream|sstream|cstdio|stdio\.h|print|chrono|ctime|time\.h|random|thread|mutex|future|exception|stdexcept|filesystem)$/;

const forbiddenInCore = [
  [/\b(absl::Now|GetCurrentTimeNanos|std::chrono|gettimeofday|clock_gettime)\b/, "a clock"],
  [/\b(std::)?(time|clock)\s*\(\s*(NULL|nullptr|0)?\s*\)\s*[;,)]/, "a clock"],
  [/\b(SleepFor|sleep_for|usleep)\b/, "a sleep"],
  [/\b(std::random_device|absl::BitGen|absl::InsecureBitGen|getrandom|getentropy|arc4random)\b/, "global randomness"],
  [/\b(std::)?s?rand\s*\(/, "global randomness"],
  [/\b[fs]?n?printf\s*\(|\bstd::(cout|cerr|clog)\b/, "printing"],
  [/\bthrow\b|\btry\s*\{|\bcatch\s*\(/, "exceptions"]
];

/**
 * js/: what each part may import. The first part whose pattern matches a path owns it. `own` is
 * short for the part itself.
 */
const parts = [
  { name: "generated", is: /^js\/engine\/generated\//, uses: [] },
  { name: "errors", is: /^js\/(core|api)\/exceptions\//, uses: ["errors"] },
  { name: "loader", is: /^js\/engine\/module\.ts$/, uses: ["generated", "engine", "loader"] },
  { name: "engine", is: /^js\/engine\//, uses: ["loader", "engine", "errors"] },
  { name: "grammar", is: /^js\/grammar\//, uses: ["engine", "loader", "grammar", "errors"] },
  { name: "core", is: /^js\/core\//, uses: ["core", "grammar", "engine", "loader", "errors"] },
  {
    // SIP.js's defaults: a WebSocket transport and a WebRTC session description handler.
    name: "user agent",
    is: /^js\/api\/user-agent\.ts$/,
    uses: ["api", "user agent", "core", "grammar", "engine", "loader", "errors", "platform"]
  },
  {
    name: "api",
    is: /^js\/api\//,
    uses: ["api", "user agent", "core", "grammar", "engine", "loader", "errors"]
  },
  {
    name: "platform",
    is: /^js\/platform\//,
    uses: ["platform", "api", "user agent", "core", "grammar", "errors"]
  }
];

/**
 * @param {Map<string, string>} files - Texts by path from the root, with `/`.
 * @returns {string[]} One line for each violation: `path:line: what`.
 */
export function layering(files) {
  const wrong = [];
  for (const [path, text] of files) {
    const say = (line, what) => wrong.push(`${path}:${line}: ${what}`);
    if (/\.(cc|h)$/.test(path)) checkCpp(path, text, say);
    if (/\.(ts|mts)$/.test(path)) checkTypeScript(path, text, say);
  }
  return wrong;
}

function checkCpp(path, text, say) {
  const inCore = path.startsWith("src/");
  for (const [line, header] of includes(text)) {
    if (/^emscripten(\/|$)/.test(header) && !path.startsWith("wasm/")) {
      say(line, `<${header}> is for wasm/ alone`);
    }
    if (header.startsWith("nlohmann/") && !/^(tests|tools)\//.test(path)) {
      say(line, `<${header}> is for tests/ and tools/`);
    }
    if (inCore) checkCoreInclude(path, header, (what) => say(line, what));
  }
  if (!inCore) return;
  withoutCommentsAndStrings(text)
    .split("\n")
    .forEach((code, i) => {
      for (const [pattern, what] of forbiddenInCore) {
        if (pattern.test(code)) say(i + 1, `src/ has no place for ${what}: ${code.trim()}`);
      }
    });
}

function checkCoreInclude(path, header, say) {
  if (forbiddenHeaders.test(header)) say(`<${header}> has no place in src/`);
  const from = folders.indexOf(path.split("/")[1]);
  const to = folders.indexOf(header.split("/")[0]);
  if (from < 0) say(`src/${path.split("/")[1]} is not one of the folders of src/`);
  else if (to > from) say(`${folders[from]}/ may not include ${folders[to]}/ ("${header}")`);
  if (/^(\.\.?\/|src\/|tests\/|wasm\/)/.test(header)) say(`include "${header}" from src/ on`);
}

function* includes(text) {
  for (const [i, line] of text.split("\n").entries()) {
    const match = /^\s*#\s*include\s*[<"]([^>"]+)[>"]/.exec(line);
    if (match) yield [i + 1, match[1]];
  }
}

/** The code with comments and the contents of strings taken out and its lines kept. */
export function withoutCommentsAndStrings(text) {
  const tokens =
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|R"([^\s()\\]*)\([\s\S]*?\)\1"|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)+'/g;
  return text.replace(tokens, (token) => {
    const lines = token.replace(/[^\n]/g, "");
    return token.startsWith("/") ? lines : `""${lines}`;
  });
}

function checkTypeScript(path, text, say) {
  if (path.startsWith("demo/")) {
    for (const [line, to] of imports(path, text)) {
      if (/^(js|lib|src)\//.test(to)) say(line, `the demo uses the public package only, not ${to}`);
    }
  }
  const from = partOf(path);
  if (!from) return;
  for (const [line, to] of imports(path, text)) {
    const part = partOf(to);
    if (part && !from.uses.includes(part.name)) {
      say(line, `${from.name} may not import ${part.name} (${to})`);
    }
    if (to === "js/index.ts") say(line, "only users of the package import js/index.ts");
  }
}

function partOf(path) {
  return parts.find(({ is }) => is.test(path));
}

/** Relative imports and re-exports, as paths from the root. */
function* imports(path, text) {
  const pattern = /\b(?:from\s*|import\s*\(\s*|import\s+)["'](\.{1,2}\/[^"']+)["']/g;
  for (const match of text.matchAll(pattern)) {
    const line = text.slice(0, match.index).split("\n").length;
    const to = posix.join(posix.dirname(path), match[1]);
    yield [line, to.startsWith("js/engine/generated/") ? to : to.replace(/\.js$/, ".ts")];
  }
}
