import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What a {@link Kamailio} may do otherwise than by default. */
export interface KamailioOptions {
  /** The hash of its digest challenges (RFC 8760). Default: "MD5". */
  algorithm?: "MD5" | "SHA-256";
  /** Whether requests inside dialogs are challenged as well. Default: false. */
  challengeInDialog?: boolean;
  /** The text of another configuration than the tests', for the domain example.com at port 8080. */
  configurationText?: string;
}

const configuration = fileURLToPath(new URL("kamailio.cfg", import.meta.url));
const readyWithinMs = 10_000;
const stoppedWithinMs = 3_000;

/** A Kamailio of a test's own: registrar and proxy at `ws://127.0.0.1:<free port>/ws`. */
export class Kamailio {
  /** The SIP domain it is responsible for. */
  readonly domain = "sip.test";
  private main: ChildProcess | undefined;
  private port = 0;
  private output = "";
  private readonly directory = mkdtempSync(join(tmpdir(), "sip-e2e-"));

  constructor(private readonly options: KamailioOptions = {}) {}

  /** The address for the transport option `server`. */
  get address(): string {
    return `ws://127.0.0.1:${this.port}/ws`;
  }

  /** What it has written to its log so far. */
  get log(): string {
    return this.output;
  }

  /** Starts it and resolves when it answers; on a second start it has the same port again. */
  async start(): Promise<void> {
    const fresh = this.port === 0;
    for (let attempt = 1; ; attempt++) {
      if (fresh) this.port = await freePort();
      this.launch();
      if (await this.answers()) return;
      await this.kill();
      if (attempt === 3) throw new Error(`Kamailio does not start:\n${this.output}`);
    }
  }

  /** Ends it at once, as a crash would. */
  async kill(): Promise<void> {
    const main = this.main;
    if (main?.pid === undefined) return;
    this.main = undefined;
    const pids = [main.pid, ...childrenOf(main.pid)];
    pids.forEach(killHard);
    await until(() => !pids.some(isRunning), stoppedWithinMs);
  }

  /** Stops its processes where they are: connections stay open, and nothing is answered. */
  freeze(): void {
    this.signalAll("SIGSTOP");
  }

  /** Ends it in good order, by force if that takes too long, and removes its directory. */
  async stop(): Promise<void> {
    const main = this.main;
    if (main?.pid !== undefined) {
      const pids = [main.pid, ...childrenOf(main.pid)];
      main.kill("SIGTERM");
      if (!(await until(() => !pids.some(isRunning), stoppedWithinMs))) await this.kill();
      this.main = undefined;
    }
    rmSync(this.directory, { recursive: true, force: true });
  }

  private launch(): void {
    // -DD: stays in the foreground, with children.
    const file = this.configurationFile();
    const args = ["-DD", "-E", "-m", "32", "-M", "4", "-f", file, "-w", this.directory];
    args.push("-Y", this.directory, "-P", join(this.directory, "pid"), "-A", `PORT=${this.port}`);
    if (this.options.algorithm === "SHA-256") args.push("-A", "WITH_SHA256");
    if (this.options.challengeInDialog) args.push("-A", "WITH_DIALOG_AUTH");
    const main = spawn(binary(), args, { stdio: ["ignore", "pipe", "pipe"] });
    main.stdout.on("data", (chunk: Buffer) => (this.output += chunk.toString()));
    main.stderr.on("data", (chunk: Buffer) => (this.output += chunk.toString()));
    main.on("error", (error) => (this.output += `${error.message}\n`));
    this.main = main;
  }

  private configurationFile(): string {
    const text = this.options.configurationText;
    if (text === undefined) return configuration;
    const file = join(this.directory, "kamailio.cfg");
    writeFileSync(
      file,
      text.replaceAll("example.com", this.domain).replaceAll(":8080", `:${this.port}`)
    );
    return file;
  }

  // The port accepts before start-up ends, and a signal before then leaves children behind: so ask by HTTP.
  private answers(): Promise<boolean> {
    return until(async () => {
      if (this.main === undefined || this.main.exitCode !== null) throw new Error(this.output);
      return (await httpStatus(this.port)) === 404;
    }, readyWithinMs).catch(() => false);
  }

  private signalAll(signal: NodeJS.Signals): void {
    if (this.main?.pid === undefined) throw new Error("Kamailio does not run");
    [this.main.pid, ...childrenOf(this.main.pid)].forEach((pid) => process.kill(pid, signal));
  }
}

function binary(): string {
  const found = [process.env["KAMAILIO"], "/usr/sbin/kamailio", "/usr/local/sbin/kamailio"].find(
    (path) => path !== undefined && existsSync(path)
  );
  if (found === undefined) {
    throw new Error(
      "Kamailio is not installed: apt-get install kamailio kamailio-websocket-modules"
    );
  }
  return found;
}

/** A TCP port of 127.0.0.1 that nobody uses now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function httpStatus(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const request = get({ host: "127.0.0.1", port, path: "/", timeout: 500 }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on("error", () => resolve(undefined));
    request.on("timeout", () => request.destroy());
  });
}

function childrenOf(pid: number): number[] {
  try {
    const list = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
    return list.trim().split(/\s+/).filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

// A zombie has ended: only its entry waits for the parent to read it.
function isRunning(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

function killHard(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // it had ended by itself
  }
}

async function until(holds: () => boolean | Promise<boolean>, withinMs: number): Promise<boolean> {
  const end = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return true;
}
