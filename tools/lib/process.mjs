// Where the tree is, and running other programs from it.
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the tree. */
export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** An absolute path from one relative to the root. */
export const at = (...parts) => join(root, ...parts);

/** The path of an npm package's program. */
export const bin = (name) => at("node_modules/.bin", name);

/**
 * The environment for Emscripten. Debian's emcc 3.1.6 looks for its JavaScript libraries through
 * Node's own search path, which only Debian's node has by default.
 */
export function emscriptenEnvironment() {
  const debian = "/usr/share/nodejs";
  const env = { ...process.env };
  // `npm run` puts node_modules/.bin first, whose binaryen is not the one that this emcc was made
  // with: its wasm-metadce renames imports in a way that emcc does not understand.
  env.PATH = env.PATH?.split(delimiter)
    .filter((dir) => !dir.endsWith(join("node_modules", ".bin")))
    .join(delimiter);
  if (existsSync("/usr/share/emscripten/emcc.py") && existsSync(debian)) {
    env.NODE_PATH = env.NODE_PATH ? `${env.NODE_PATH}:${debian}` : debian;
  }
  return env;
}

/** Whether a program is on the PATH. */
export function have(program) {
  return (process.env.PATH ?? "").split(":").some((dir) => existsSync(join(dir, program)));
}

/**
 * Runs a program from the root and waits.
 * @returns its standard output, unless `options.stdio` says "inherit".
 * @throws Error with what it printed if it fails.
 */
export function run(program, args, options = {}) {
  const result = spawnSync(program, args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "pipe"],
    ...options
  });
  if (result.error) throw new Error(`${program}: ${result.error.message}`);
  if (result.status !== 0) {
    const said = [result.stdout, result.stderr].filter(Boolean).join("\n").trim();
    const ended = result.signal ? `signal ${result.signal}` : `exit code ${result.status}`;
    throw new Error(`${program} ${args.join(" ")}: ${ended}${said ? `\n${said}` : ""}`);
  }
  return result.stdout ?? "";
}

/**
 * Starts a program from the root and calls `onLine` with each line it prints, on either stream.
 * @returns its exit code, or 128 if a signal ended it.
 */
export function stream(program, args, onLine, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], ...options });
    for (const output of [child.stdout, child.stderr]) {
      let rest = "";
      output.setEncoding("utf8");
      output.on("data", (text) => {
        const lines = (rest + text).split("\n");
        rest = lines.pop();
        lines.forEach((line) => onLine(line));
      });
      output.on("end", () => rest && onLine(rest));
    }
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 128));
  });
}
