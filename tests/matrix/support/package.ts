import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inject } from "vitest";

/** The root of the tree. */
export const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Runs a program to its end and returns what it printed. */
export function run(
  program: string,
  args: string[],
  cwd: string,
  env: Record<string, string> = {}
): string {
  const options = { cwd, env: environment(env), encoding: "utf8", maxBuffer: 1 << 26 } as const;
  const { status, stdout, stderr, error } = spawnSync(program, args, options);
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${status}\n${stdout}${stderr}`);
  return stdout;
}

/** What a developer's shell has, without what the running tests have put there. */
export function environment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const own = /^(npm_|VITEST|VITE_|NODE_ENV$|NODE_OPTIONS$|TEST$|MODE$|DEV$|PROD$|SSR$|BASE_URL$)/;
  const kept = Object.entries(process.env).filter(([name]) => !own.test(name));
  return { ...Object.fromEntries(kept), ...more };
}

/** Packs a package into a folder. Returns the path of the tarball. */
export function pack(folder: string, from = root): string {
  const args = ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder];
  return join(folder, run("npm", args, from).trim().split("\n").at(-1)!);
}

/**
 * A copy of `apps/<name>` in a folder of its own, with the packed package in its node_modules.
 * @param name - The name of the application; its copy is called so too, unless `as` says otherwise.
 */
export function application(name: string, as = name): string {
  const folder = copied(join(root, "tests/matrix/apps", name), as);
  cpSync(join(root, "tests/matrix/apps/phone.js"), join(folder, "phone.js"));
  const description = { name: `matrix-${as}`, version: "1.0.0", private: true };
  if (!existsSync(join(folder, "package.json"))) describe(folder, description);
  install(folder, inject("tarball"));
  return folder;
}

/**
 * A copy of one of demo/examples in a folder of its own, with the packed package installed in place
 * of the published one; whatever else it asks for is among the tools, above it.
 */
export function example(name: string): string {
  const folder = copied(join(root, "demo/examples", name), `example-${name}`);
  const described = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as object;
  describe(folder, { ...described, dependencies: {}, devDependencies: {} });
  install(folder, inject("tarball"));
  return folder;
}

function copied(from: string, as: string): string {
  const folder = join(inject("folder"), "apps", as);
  mkdirSync(folder, { recursive: true });
  if (existsSync(from)) cpSync(from, folder, { recursive: true });
  return folder;
}

function describe(folder: string, description: object): void {
  writeFileSync(join(folder, "package.json"), JSON.stringify(description));
}

/** Installs tarballs and folders, without a network. */
export function install(folder: string, ...packages: string[]): void {
  run("npm", ["install", "--offline", "--ignore-scripts", "--silent", ...packages], folder);
}
