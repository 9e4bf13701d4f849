import { afterAll, describe, expect, it } from "vitest";
import { calls } from "./calls.js";
import { difference } from "./difference.js";
import { profile, settlements } from "./profile.js";
import type { Settlement } from "./profile.js";
import { reliable } from "./reliable.js";
import { libraries, play } from "./stage.js";

const scripts = { ...calls, ...reliable };
const seen: { [side in keyof typeof libraries]: Settlement[] } = { theirs: [], ours: [] };

describe("What goes over the wire and what an application sees are in SIP.js's order", () => {
  afterAll(() => void process.stdout.write(profile(seen.theirs, seen.ours)));

  it.each(Object.entries(scripts))("%s", async (_, script) => {
    const theirs = await play(libraries.theirs, script);
    const ours = await play(libraries.ours, script);
    if (!script.departs) {
      seen.theirs.push(...settlements(theirs));
      seen.ours.push(...settlements(ours));
    }
    expect(difference(theirs, ours)).toEqual(script.departs ?? []);
    expect(ours.length).toBeGreaterThan(5);
  });
});
