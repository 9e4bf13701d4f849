// What of the benchmark of whole calls runs in Node and in Chromium: two user agents of each library
// in one process, joined by a transport in memory, media stubbed alike.
import { installClock, pass } from "./clock.mjs";
import { jsSipParty } from "./party-jssip.mjs";
import { sipJsParty } from "./party-sip-js.mjs";
import * as SipJs from "sip.js";
import * as Ours from "../../lib/index.js";

/** For each library what makes an `alice` and a `bob` who can be called, see party-sip-js.mjs. */
export const parties = {
  sipwasm: () => sipJsParty(Ours),
  "SIP.js": () => sipJsParty(SipJs),
  JsSIP: () => jsSipParty()
};

/** The start lines of one call, in the order in which they pass. */
const flow = ["INVITE", "100", "180", "200", "ACK", "BYE", "200"];

/** After which no library has anything left to do for a call: 64*T1 (RFC 3261 table 4), and some. */
const afterlife = 64 * 500 + 8000;

installClock();
const ready = {};

/** For each library a function that makes so many calls, one after the other, and ends them. */
export const candidates = Object.fromEntries(
  Object.entries(parties).map(([name, make]) => [
    name,
    async (times) => {
      ready[name] ??= prepare(name, make);
      const party = await ready[name];
      for (let i = 0; i < times; i++) await (await party.call()).hangUp();
      await pass(afterlife);
    }
  ])
);

/** A party that has made one call, whose messages were the right ones. */
async function prepare(name, make) {
  const party = await make();
  const lines = [];
  party.wire.tap = (text) => lines.push(/^(?:SIP\/2.0 )?(\S+)/.exec(text)[1]);
  await (await party.call()).hangUp();
  party.wire.tap = undefined;
  // JsSIP answers 100 only after some time.
  const expected = flow.filter((line) => line !== "100");
  const seen = lines.filter((line) => line !== "100");
  if (seen.join() !== expected.join()) throw new Error(`${name}: ${lines}`);
  return party;
}
