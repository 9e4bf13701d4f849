import { afterAll, describe, expect, it } from "vitest";
import { answers } from "./answers.js";
import { calls } from "./calls.js";
import { delegates } from "./delegates.js";
import { departures as others } from "./departures.js";
import { dialogs } from "./dialogs.js";
import { difference } from "./difference.js";
import { headerFields } from "./header-fields.js";
import { profile, settlements } from "./profile.js";
import type { Settlement } from "./profile.js";
import { publications } from "./publish.js";
import { registrations } from "./register.js";
import { reliable } from "./reliable.js";
import { libraries, play } from "./stage.js";
import { states } from "./states.js";
import { subscriptions } from "./subscribe.js";
import { subscriptionDepartures } from "./subscription-departures.js";
import { timeouts } from "./timeouts.js";
import { transfers } from "./transfers.js";
import { wrong, wrongDepartures } from "./wrong.js";

const scripts = {
  ...calls,
  ...reliable,
  ...answers,
  ...dialogs,
  ...transfers,
  ...timeouts,
  ...states,
  ...delegates,
  ...subscriptions,
  ...publications,
  ...registrations,
  ...headerFields,
  ...wrong
};
const departures = { ...others, ...subscriptionDepartures, ...wrongDepartures };
const seen: { [side in keyof typeof libraries]: Settlement[] } = { theirs: [], ours: [] };

describe("What goes over the wire and what an application sees are in SIP.js's order", () => {
  afterAll(() => void process.stdout.write(profile(seen.theirs, seen.ours)));

  it.each(Object.entries(scripts))("%s", async (name, script) => {
    const theirs = await play(libraries.theirs, script);
    const ours = await play(libraries.ours, script);
    if (!(name in departures)) {
      seen.theirs.push(...settlements(theirs));
      seen.ours.push(...settlements(ours));
    }
    expect(difference(theirs, ours)).toEqual(departures[name] ?? []);
    expect(ours.length).toBeGreaterThan(5);
  });

  it("departs in no script that is none", () => {
    expect(Object.keys(departures).filter((name) => !(name in scripts))).toEqual([]);
  });
});
