import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { Inviter, Messager, Registerer, SessionState } from "../../../js/index.js";
import type { Session, UserAgentOptions } from "../../../js/index.js";
// @ts-expect-error A tool without types.
import { buildReplay } from "../../../tools/replay.mjs";
import { header, reply, request, startLine } from "./support/message-text.js";
import { address, Network, settle, startAgent } from "./support/user-agents.js";
import type { TestAgent } from "./support/user-agents.js";

interface Line {
  at?: number;
  perform?: Record<string, unknown> & { type: string };
  receive?: string;
  event?: Record<string, unknown> & { type: string };
}

let program: string;
let directory: string;
let network: Network;

beforeAll(() => {
  program = (buildReplay as () => string)();
  directory = mkdtempSync(join(tmpdir(), "trace-"));
}, 600_000);

afterAll(() => rmSync(directory, { recursive: true }));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  network = new Network();
});

afterEach(() => {
  for (const { userAgent } of network.agents) userAgent.userAgentCore.reset();
  vi.useRealTimers();
});

const lines = (trace: string): Line[] =>
  trace
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);

/** Runs a trace natively. */
function replay(trace: string, ...options: string[]) {
  const file = join(directory, "trace.jsonl");
  writeFileSync(file, trace);
  const { status, stdout, stderr } = spawnSync(program, [file, ...options], { encoding: "utf8" });
  return { status, stdout, stderr: stderr.replaceAll(file, "FILE") };
}

/** The messages of a ladder that sip_replay printed: "-> INVITE sip:bob@example.com SIP/2.0". */
const arrows = (ladder: string) =>
  [...ladder.matchAll(/^ *[\d.]* (-> .*|<- .*)$/gm)].map(([, arrow]) => arrow);

/** Notes what goes over the wire of a user agent from now on, in the same form. */
function watch({ transport }: TestAgent): string[] {
  const wire: string[] = [];
  const { send, onMessage } = transport;
  transport.send = (message) => {
    wire.push("-> " + startLine(message));
    return send.call(transport, message);
  };
  transport.onMessage = (message) => {
    wire.push("<- " + startLine(message));
    onMessage?.(message);
  };
  return wire;
}

async function talk(caller: TestAgent, callee: TestAgent): Promise<Session> {
  callee.userAgent.delegate = { onInvite: (invitation) => void invitation.accept() };
  const inviter = new Inviter(caller.userAgent, address(callee.name));
  await inviter.invite();
  await settle();
  expect(inviter.state).toBe(SessionState.Established);
  return inviter;
}

describe("The trace of a user agent", () => {
  it("runs natively to the same ladder: a call between two of one page", async () => {
    const [alice, bob] = [await network.add("alice"), await network.add("bob")];
    const wires = [watch(alice), watch(bob)];
    await new Registerer(alice.userAgent).register();
    const session = await talk(alice, bob);
    await session.invite();
    await session.info();
    await settle();
    await new Messager(bob.userAgent, address("alice"), "grüße ☎").message();
    await session.bye();
    await settle();
    vi.advanceTimersByTime(40_000);

    [alice, bob].forEach(({ userAgent }, i) => {
      const result = replay(userAgent.trace());
      expect(result.stderr).toBe("");
      expect(result.stdout).not.toContain("^");
      expect(arrows(result.stdout)).toEqual(wires[i]);
      expect(result.status).toBe(0);
    });
    expect(wires[0]).toContain("-> INVITE sip:bob@example.com SIP/2.0");
    expect(wires[1]).toContain("<- INVITE sip:bob@example.com SIP/2.0");
    expect(wires[0].length).toBeGreaterThan(12);
  });

  it("gives what a native recording gives when it is run and written", async () => {
    const [alice, bob] = [await network.add("alice"), await network.add("bob")];
    await (await talk(alice, bob)).bye();
    await settle();
    const written = join(directory, "written.jsonl");
    const first = replay(alice.userAgent.trace(), "--write", written);
    const again = spawnSync(program, [written], { encoding: "utf8" });
    expect([first.status, again.status]).toEqual([0, 0]);
    expect(arrows(again.stdout)).toEqual(arrows(first.stdout));
  });

  it("tells what was refused, and what came of time", async () => {
    const alice = await network.add("alice");
    network.loses = () => true;
    const inviter = new Inviter(alice.userAgent, address("bob"));
    await inviter.invite();
    await new Messager(alice.userAgent, address("bob"), "?").message();
    const bad = new Messager(alice.userAgent, address("bob"), "?", "text/plain", {
      extraHeaders: ["no header"]
    });
    await expect(bad.message()).rejects.toThrow(TypeError);
    vi.advanceTimersByTime(32_000);
    const { stdout, status } = replay(alice.userAgent.trace());
    expect(stdout).toMatch(
      /32\.000 \.\. time passes\n +responseReceived .*local=true .*408 INVITE/
    );
    expect(stdout).toContain("\n          refused: Not a header line: no header\n");
    expect(status).toBe(0);
  });

  it("goes on when the user agent was stopped and started again", async () => {
    const [alice, bob] = [await network.add("alice"), await network.add("bob")];
    await (await talk(alice, bob)).bye();
    await alice.userAgent.stop();
    await settle();
    expect(replay(alice.userAgent.trace()).status).toBe(0);
    await alice.userAgent.start();
    await (await talk(alice, bob)).bye();
    await settle();
    const { stdout, status } = replay(alice.userAgent.trace());
    expect(arrows(stdout).filter((arrow) => arrow.startsWith("-> INVITE"))).toHaveLength(2);
    expect(status).toBe(0);
  });

  it("can be run when its beginning is not there any more", async () => {
    const [alice, bob] = [await network.add("alice"), await network.add("bob")];
    const session = await talk(alice, bob);
    for (let i = 0; i < 100; i++) await session.info();
    await settle();
    const wire = watch(alice);
    await session.bye();
    await settle();
    // Within a call that began before: shown, but not to be had again.
    const cut = replay(alice.userAgent.trace());
    expect(cut).toMatchObject({ status: 0, stderr: "" });
    expect(cut.stdout).toMatch(/\d+ lines are of what began before the recording\.\n$/);
    expect(arrows(cut.stdout).slice(-2)).toEqual(wire);
    // A whole call after it.
    wire.length = 0;
    await (await talk(alice, bob)).bye();
    await settle();
    const whole = replay(alice.userAgent.trace());
    expect(whole.status).toBe(0);
    expect(arrows(whole.stdout).slice(-wire.length)).toEqual(wire);
    const tail = whole.stdout.slice(whole.stdout.lastIndexOf("-> INVITE"));
    expect(tail).not.toContain("^");
  });

  it("is of one user agent among several", async () => {
    const [alice, bob] = [await network.add("alice"), await network.add("bob")];
    await network.add("carol");
    await (await talk(alice, bob)).bye();
    await settle();
    const cores = lines(bob.userAgent.trace()).flatMap(({ perform, event }) =>
      [perform?.core, event?.core].filter(Boolean)
    );
    expect(new Set(cores).size).toBe(1);
    // Nothing was made for her yet.
    expect(lines(network.agents[2].userAgent.trace())).toEqual([
      { perform: { type: "createCore" } }
    ]);
  });

  it("says of a changed line what is different now", async () => {
    const [alice, bob] = [await network.add("alice"), await network.add("bob")];
    await (await talk(alice, bob)).bye();
    await settle();
    const changed = alice.userAgent.trace().replace("BYE sip:", "BYE sips:");
    expect(replay(changed)).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/-> BYE sips:.*\n +\^ now it is .*"BYE sip:/)
    });
  });
});

describe("A line that is none", () => {
  it.each([
    ['{"at":1,"perform":', "not JSON"],
    ["[1]", "no JSON object"],
    ["{}", "neither a command, a message, time that passes, nor an event"],
    [
      '{"at":1,"perform":{"type":"fly"}}',
      "there is no such command, or a field of it is wrong: fly"
    ],
    [
      '{"at":1,"perform":{"type":"disposeCore","core":"one"}}',
      "there is no such command, or a field of it is wrong: disposeCore"
    ],
    ['{"at":1,"perform":{}}', '"perform" has no type'],
    ['{"at":1,"receive":7,"core":1}', '"receive" is no text'],
    ['{"at":1,"receive":"","core":-1}', '"core" is no handle'],
    ['{"at":"noon","advance":true}', '"at" is no number of milliseconds'],
    ['{"event":{"type":7}}', '"event" has no type']
  ])("is named, and the others are shown: %s", async (line, problem) => {
    const alice = await network.add("alice");
    const result = replay(alice.userAgent.trace() + line + '\n{"at":2,"advance":true}\n');
    expect(result.stderr).toMatch(/^FILE: line \d+: .*\n$/);
    expect(result.stderr).toContain(problem);
    expect(result.stdout).toContain("=> createCore");
    expect(result.status).toBe(2);
  });

  it("is no reason to crash when it is all that there is", () => {
    expect(replay("").status).toBe(0);
    expect(replay("\n\n").status).toBe(0);
    expect(replay("nothing").stderr).toBe("FILE: line 1: not JSON\n");
    expect(replay('{"at":1,"receive":"x","core":9}').status).toBe(1);
    expect(replay('{"event":{"type":"terminated","handle":9}}').status).toBe(1);
  });
});

describe("Secrets", () => {
  const challenge =
    'WWW-Authenticate: Digest realm="example.com", nonce="n0nce of \\"today\\", 4711", qop="auth"';

  /** Registers with a password, so that all of digest is in the trace. */
  async function register(options: Partial<UserAgentOptions>): Promise<TestAgent> {
    const agent = await startAgent("alice", options);
    network.agents.push(agent);
    await new Registerer(agent.userAgent).register();
    agent.transport.receive(reply(agent.transport.last, 401, { headers: [challenge] }));
    const info = 'Authentication-Info: nextnonce="n3xtn0nce", rspauth="0123456789abcdef"';
    agent.transport.receive(reply(agent.transport.last, 200, { headers: [info] }));
    return agent;
  }

  it("of digest are masked, and the trace runs as before", async () => {
    const password = 'Str0ng "word"';
    const { userAgent, transport } = await register({ authorizationPassword: password });
    const trace = userAgent.trace();
    const authorization = header(transport.last, "Authorization");
    for (const name of ["response", "cnonce"]) {
      const [, value] = new RegExp(` ${name}="(\\w+)"`).exec(authorization)!;
      expect(trace).not.toContain(value);
      expect(trace).toContain(` ${name}=\\"${"*".repeat(value.length)}\\"`);
    }
    for (const secret of ["Str0ng", "n0nce", "today", "4711", "n3xtn0nce", "0123456789abcdef"]) {
      expect(trace).not.toContain(secret);
    }
    expect(trace).toContain('Digest username=\\"alice\\", realm=\\"example.com\\"');
    const { status, stdout } = replay(trace);
    expect(arrows(stdout)).toEqual([
      "-> REGISTER sip:example.com SIP/2.0",
      "<- SIP/2.0 401 Whatever",
      "-> REGISTER sip:example.com SIP/2.0",
      "<- SIP/2.0 200 Whatever"
    ]);
    expect(status).toBe(0);
  });

  it("in the place of a password are masked", async () => {
    const ha1 = "0123456789abcdef0123456789abcdee";
    const { userAgent } = await register({ authorizationHa1: ha1 });
    expect(userAgent.trace()).not.toContain(ha1);
    expect(userAgent.trace()).toContain('"ha1":"***"');
    expect(replay(userAgent.trace()).status).toBe(0);
  });

  it("of other kinds are masked, wherever they come from", async () => {
    const agent = await startAgent("alice");
    network.agents.push(agent);
    const { userAgent, transport } = agent;
    const secret = "Zm9vOmJhcg==";
    const sdp = `a=ice-pwd:${secret}\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${secret}|2^20\r\n`;
    const headers = [
      `Authorization: Bearer ${secret}`,
      `Proxy-Authorization:  Basic ${secret}`,
      `X-Referred: <sip:bob:${secret}@example.com>`
    ];
    const dtmf = "Signal=7\r\nDuration=100";
    transport.receive(request("MESSAGE", { headers, body: sdp }));
    transport.receive(request("INFO", { headers: ["Content-Type: application/dtmf"], body: dtmf }));
    const messager = new Messager(userAgent, address("bob"), sdp, "text/plain", {
      extraHeaders: headers
    });
    await messager.message();
    const trace = userAgent.trace();
    expect(trace).not.toContain(secret.slice(0, 6));
    expect(trace).toContain("Signal=*\\r\\nDuration=100");
    expect(trace).toContain("<sip:bob:************@example.com>");
    expect(replay(trace)).toMatchObject({ status: 0, stderr: "" });
  });

  it("are found in time in a text that somebody has made for it", { timeout: 60_000 }, async () => {
    const agent = await startAgent("alice", { maxMessageSize: 1 << 20 });
    network.agents.push(agent);
    vi.useRealTimers();
    for (const bait of ["sip:", "sip::", "nonce=", 'nonce="\\', "authorization:", "inline: "]) {
      const body = bait.repeat(200_000 / bait.length);
      agent.transport.receive(request("MESSAGE", { body }));
      const begin = performance.now();
      agent.userAgent.trace();
      // What tries each place against all that follows it takes minutes.
      expect(performance.now() - begin, bait).toBeLessThan(10_000);
    }
  });
});

describe("The memory of a trace", () => {
  const options = (traceSize?: number) => ({ traceSize });
  const bigBody = "x".repeat(40_960);

  it("is bounded by the number of lines that the user agents want", async () => {
    const { engine } = await import("../../../js/engine/engine.js");
    const { defaultTraceSize } = await import("../../../js/engine/trace.js");
    const count = (agent: TestAgent) => lines(agent.userAgent.trace()).length - 1;
    const alice = await network.add("alice", options());
    for (let i = 0; i < 3 * defaultTraceSize; i++) alice.transport.receive(request("MESSAGE"));
    expect(count(alice)).toBe(defaultTraceSize);
    // Long messages take the place of several short ones.
    for (let i = 0; i < 100; i++) alice.transport.receive(request("MESSAGE", { body: bigBody }));
    expect(count(alice)).toBeLessThan(defaultTraceSize / 2);
    expect(alice.userAgent.trace().length).toBeLessThan(2 * 4096 * defaultTraceSize);
    const bob = await network.add("bob", options(defaultTraceSize + 100));
    bob.transport.receive(request("MESSAGE"));
    for (let i = 0; i < 3 * defaultTraceSize; i++) alice.transport.receive(request("MESSAGE"));
    expect(count(alice)).toBe(defaultTraceSize + 100);
    // Less than others want, and what is no number, changes nothing.
    for (const size of [0, -1, NaN]) {
      const agent = await network.add("x" + size, options(size));
      agent.transport.receive(request("MESSAGE"));
    }
    expect(engine().trace.size).toBe(defaultTraceSize + 100);
  });
});
