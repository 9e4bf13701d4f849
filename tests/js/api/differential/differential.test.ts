import { afterAll, describe, expect, it } from "vitest";
import { calls } from "./calls.js";
import { profile, settlements } from "./profile.js";
import type { Settlement } from "./profile.js";
import { libraries, play } from "./stage.js";

const scripts = { ...calls };
const seen: { [side in keyof typeof libraries]: Settlement[] } = { theirs: [], ours: [] };

describe("What goes over the wire and what an application sees are in SIP.js's order", () => {
  afterAll(() => void process.stdout.write(profile(seen.theirs, seen.ours)));

  it.each(Object.entries(scripts))("%s", async (_, script) => {
    const theirs = await play(libraries.theirs, script);
    const ours = await play(libraries.ours, script);
    seen.theirs.push(...settlements(theirs));
    seen.ours.push(...settlements(ours));
    expect(ours).toEqual(theirs);
    expect(ours.length).toBeGreaterThan(5);
  });
});
