// What of the benchmark of memory runs, in a Node of its own for each library: what an established
// session side and a registered user agent take, of the heap and of WebAssembly's memory.
import { installClock, pass } from "./clock.mjs";
import { jsSipUserAgent } from "./party-jssip.mjs";
import { userAgent } from "./party-sip-js.mjs";
import { parties } from "./calls.mjs";
import { joinedEnds } from "./wire.mjs";
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

/** Answers REGISTER. */
function registrar(end) {
  end.receive = (text) => {
    const [, method] = /^(\S+)/.exec(text);
    if (method !== "REGISTER") return;
    const lines = text.split("\r\n").filter((line) => /^(Via|From|To|Call-ID|CSeq):/i.test(line));
    const contact = /^Contact: *([^\r]*)/im.exec(text)?.[1].replace(/;expires=\d+/, "");
    const answer = lines.map((line) =>
      /^To:/.test(line) ? `${line};tag=r${Math.random()}` : line
    );
    end.send(
      [
        "SIP/2.0 200 OK",
        ...answer,
        `Contact: ${contact};expires=600`,
        "Content-Length: 0",
        "",
        ""
      ].join("\r\n")
    );
  };
}

async function registered(library, name, i) {
  const { ends } = joinedEnds();
  registrar(ends[1]);
  if (name === "JsSIP") {
    const agent = await jsSipUserAgent(`user${i}`, ends[0], { register: true });
    if (!agent.isRegistered()) await new Promise((resolve) => agent.once("registered", resolve));
    return agent;
  }
  const agent = await userAgent(library, `user${i}`, ends[0]);
  const registerer = new library.Registerer(agent);
  const done = new Promise((resolve) => {
    registerer.stateChange.addListener((state) => state === "Registered" && resolve());
  });
  await registerer.register();
  await done;
  return [agent, registerer];
}

/** Of the library named. */
export async function memoryOf(name, { calls = 500, agents = 500 } = {}) {
  installClock();
  const party = await parties[name]();
  const session = await each(calls, async () => (await party.call()).sides);
  const library = { sipwasm: Ours, "SIP.js": SipJs }[name];
  const agent = await each(agents, (i) => registered(library, name, i));
  const perOne = ({ steady, burst }, of) => ({ steady: steady / of, burst: burst / of });
  return { session: perOne(session, 2), agent: perOne(agent, 1) };
}
