import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";
import type { TestProject } from "vitest/node";
import { environment, root, run } from "./package.js";

/**
 * Puts the tools where every application of the matrix finds them: a node_modules above them all,
 * outside of the tree. Linked, not copied, where the file system can.
 */
export default function setUp(project: TestProject): void {
  const from = join(root, "build/matrix/node_modules");
  if (!existsSync(from)) throw new Error(`${from} is missing: node tools/setup.mjs matrix`);
  const to = join(project.getProvidedContext().folder, "node_modules");
  const linked = spawnSync("cp", ["-al", from, to]).status === 0;
  if (!linked) run("cp", ["-a", from, to], root);
}

/** The path of a tool's program. */
export function tool(name: string): string {
  return join(inject("folder"), "node_modules/.bin", name);
}

/** Runs a tool in an application's folder to its end and returns what it printed. */
export function runTool(name: string, args: string[], cwd: string, env = {}): string {
  return run(tool(name), args, cwd, env);
}

/** A tool's server, and its end. */
export interface Serving {
  /** Where it serves, ending in "/". */
  address: string;
  stop: () => Promise<void>;
}

/** Starts a tool that serves, and waits until it has printed where. */
export function serve(name: string, args: string[], cwd: string, env = {}): Promise<Serving> {
  // A group of its own, as tools start others.
  const options = { cwd, env: environment({ NO_COLOR: "1", ...env }), detached: true } as const;
  const child = spawn(tool(name), args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = () => (process.kill(-child.pid!), exited);
  let said = "";
  return new Promise((resolve, reject) => {
    const read = (data: unknown) => {
      said += String(data);
      const port = /http:\/\/(?:localhost|127\.0\.0\.1):(\d+)\S*\s/.exec(said)?.[1];
      if (port !== undefined) resolve({ address: `http://localhost:${port}/`, stop });
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    void exited.then(() => reject(new Error(`${name} ended: ${said}`)));
  });
}
