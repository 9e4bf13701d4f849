import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as Reference from "sip.js";
import * as Ours from "../../../../js/index.js";
import { calls } from "./session-manager/calls.js";
import { connections } from "./session-manager/connections.js";
import { talking } from "./session-manager/talking.js";
import { ManagerStage, pass } from "./support/manager-stage.js";
import type { Library } from "./support/manager-stage.js";

const scripts = { ...connections, ...calls, ...talking };

async function play(library: Library, name: string): Promise<string[]> {
  const stage = new ManagerStage(library);
  await scripts[name](stage);
  const log = [...stage.log];
  stage.end();
  await pass(100);
  return log;
}

describe("SessionManager does what SIP.js's does", () => {
  beforeEach(() => {
    vi.useFakeTimers({
      toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"]
    });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it.each(Object.keys(scripts))("%s", async (name) => {
    const theirs = await play(Reference as unknown as Library, name);
    vi.unstubAllGlobals();
    const ours = await play(Ours, name);
    expect(ours).toEqual(theirs);
    expect(ours.length).toBeGreaterThan(1);
  });
});
