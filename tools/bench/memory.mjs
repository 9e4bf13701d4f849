// What of the benchmark of memory runs, in a Node of its own for each library: what an established
// session side and a registered user agent take, of the heap and of WebAssembly's memory.
import { installClock, pass } from "./clock.mjs";
import { jsSipUserAgent, Socket } from "./party-jssip.mjs";
import { reached, Transport, userAgent } from "./party-sip-js.mjs";
import { parties } from "./calls.mjs";
import * as SipJs from "sip.js";
import * as Ours from "../../lib/index.js";

const memories = [];
const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  constructor(...parameters) {
    super(...parameters);
    memories.push(
      ...Object.values(this.exports).filter((each) => each instanceof WebAssembly.Memory)
    );
  }
};

/** Octets in use once garbage is collected, with every memory of WebAssembly: the decoder's is the last. */
function used() {
  for (let i = 0; i < 4; i++) globalThis.gc();
  const { heapUsed } = process.memoryUsage();
  return memories.reduce((sum, { buffer }) => sum + buffer.byteLength, heapUsed);
}

/**
 * So many octets each of `count` things takes that `make` makes and the result keeps, a minute after the
 * last: `steady` if one is made each second, `burst` if all are made at once. WebAssembly's memory keeps
 * the size that it had at its largest.
 */
async function each(count, make) {
  const kept = [];
  const some = async (pause) => {
    for (let i = 0; i < count; i++) {
      kept.push(await make(kept.length));
      await pass(pause);
    }
    await pass(60_000);
    return used();
  };
  await some(1000);
  const begin = used();
  const steady = await some(1000);
  const burst = await some(0);
  return { steady: (steady - begin) / count, burst: (burst - steady) / count, kept };
}

/** Answers every REGISTER. The other end of the wires of all user agents. */
const registrar = {
  receive(text, from) {
    const [, method] = /^(\S+)/.exec(text);
    if (method !== "REGISTER") return;
    const lines = text.split("\r\n").filter((line) => /^(Via|From|To|Call-ID|CSeq):/i.test(line));
    const contact = /^Contact: *([^\r]*)/im.exec(text)?.[1].replace(/;expires=\d+/, "");
    const answer = lines.map((line) =>
      /^To:/.test(line) ? `${line};tag=r${Math.random()}` : line
    );
    const response = [
      "SIP/2.0 200 OK",
      ...answer,
      `Contact: ${contact};expires=600`,
      "Content-Length: 0",
      "",
      ""
    ].join("\r\n");
    queueMicrotask(() => from.receive(response));
  }
};

/** What of a registered user agent is the benchmark's own. */
function fixture(Transport) {
  const transport = new Transport();
  transport.peer = registrar;
  return transport;
}

async function registered(library, name, i) {
  if (name === "JsSIP") {
    const socket = new Socket();
    socket.peer = registrar;
    const agent = await jsSipUserAgent(`user${i}`, socket, { register: true });
    if (!agent.isRegistered()) await new Promise((resolve) => agent.once("registered", resolve));
    return agent;
  }
  const agent = await userAgent(library, `user${i}`);
  agent.transport.peer = registrar;
  const registerer = new library.Registerer(agent);
  const done = reached(registerer, "Registered");
  await registerer.register();
  await done;
  return registerer;
}

/** Of the library named. */
export async function memoryOf(name, { calls = 500, agents = 1000 } = {}) {
  installClock();
  const party = await parties[name]();
  party.wire.apart = true;
  const session = await each(calls, async () => (await party.call()).sides);
  const library = { sipwasm: Ours, "SIP.js": SipJs }[name];
  const agent = await each(agents, (i) => registered(library, name, i));
  const own = await each(10 * agents, () => fixture(name === "JsSIP" ? Socket : Transport));
  const perOne = ({ steady, burst }, of) => ({ steady: steady / of, burst: burst / of });
  return { session: perOne(session, 2), agent: perOne(agent, 1), fixture: perOne(own, 1) };
}
