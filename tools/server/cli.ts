/** What `npm start` runs once everything is built: reads the options, serves the page, says where. */
import { Command, InvalidArgumentError, Option } from "commander";
import type { PageConfig, PageFiles } from "./pages.js";
import { demoAccounts, socketPath, startServer, type RunningServer } from "./server.js";

const defaultPort = 8080;
const realm = "phone.test";

interface Options {
  server?: string;
  user?: string;
  realm?: string;
  password?: string;
  host: string;
  port?: number;
}

function makeProgram(): Command {
  return new Command("npm start --")
    .description("Serves the demo softphone, with an embedded SIP server or one of your own.")
    .option(
      "--server <url>",
      "your own SIP server, ws:// or wss:// (none embedded then)",
      readServer
    )
    .option("--user <name>", "user to sign in as on that server")
    .option("--realm <domain>", "SIP domain of that user (default: the server's host name)")
    .addOption(
      new Option(
        "--password <text>",
        "password of that user; the page asks if it is not given"
      ).env("SIP_PASSWORD")
    )
    .option(
      "--port <number>",
      `port of the page (default: ${defaultPort} or the next free one)`,
      readPort
    )
    .option(
      "--host <address>",
      "address to listen on; browsers give the microphone only to localhost and https pages",
      "localhost"
    )
    .allowExcessArguments(false);
}

function readServer(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "ws:" && url?.protocol !== "wss:") {
    throw new InvalidArgumentError("It must be a WebSocket address such as wss://pbx.example.com.");
  }
  return text;
}

function readPort(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) > 65535) {
    throw new InvalidArgumentError("It must be a number from 0 to 65535.");
  }
  return Number(text);
}

function pageConfig(options: Options): PageConfig {
  const { server, user, password } = options;
  if (server === undefined) return { embedded: true, realm, accounts: demoAccounts };
  return {
    embedded: false,
    server,
    user,
    password,
    realm: options.realm ?? new URL(server).hostname
  };
}

/** Starts on the port asked for; if none was, on the first free one from 8080 on. */
async function start(options: Options, files: PageFiles): Promise<RunningServer> {
  const { host } = options;
  const page = pageConfig(options);
  // An oversight of SIP.js 0.21.2, which may stand in for the library: it knows MD5 only.
  const sip = process.env["SIPWASM_STANDIN"] ? { realm, algorithms: ["MD5" as const] } : { realm };
  const settings = { host, files, page, sip: page.embedded && sip, onProblem: console.warn };
  for (let port = options.port ?? defaultPort; ; port++) {
    try {
      return await startServer({ ...settings, port });
    } catch (error) {
      const taken = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
      if (!taken || options.port !== undefined || port > defaultPort + 100) throw error;
    }
  }
}

function report({ host, port }: RunningServer, options: Options): string {
  const shown = host.includes(":") ? `[${host}]` : host;
  const base = `http://${shown}:${port}`;
  if (options.server !== undefined) {
    return `\nSoftphone: ${base}/\nSIP server: ${options.server}\n`;
  }
  const links = demoAccounts
    .slice(0, 3)
    .map(({ user, name }) => `  ${name.padEnd(6)} ${base}/?user=${user}`);
  const users = demoAccounts.map(({ user, password }) => `${user}/${password}`).join("  ");
  return [
    "",
    "Softphone: open two of these, each in a tab of its own",
    ...links,
    "",
    `Embedded SIP server: ws://${shown}:${port}${socketPath}, domain ${realm}`,
    "  for trying things out, not a product; its users and passwords:",
    `  ${users}`,
    "",
    "Ctrl+C ends it."
  ].join("\n");
}

/** Runs the command; `files` are those of the built page. */
export async function main(argv: string[], files: PageFiles): Promise<void> {
  const program = makeProgram().parse(argv, { from: "user" });
  const options = program.opts<Options>();
  const given = Object.keys(options).find((name) => ["user", "realm"].includes(name));
  if (given !== undefined && options.server === undefined) {
    program.error(`error: --${given} needs --server: the embedded server has users of its own`);
  }
  try {
    const server = await start(options, files);
    console.log(report(server, options));
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.once(signal, () => void server.close().then(() => process.exit(0)));
    }
  } catch (error) {
    program.error(`error: cannot listen on ${options.host}: ${describe(error, options)}`);
  }
}

function describe(error: unknown, { port }: Options): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE") return `port ${port} is taken; leave out --port to get a free one`;
  if (code === "EACCES") return `port ${port} needs more rights; choose one above 1023`;
  return message;
}
