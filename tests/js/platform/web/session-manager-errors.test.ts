import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import * as Ours from "../../../../js/index.js";
import { header } from "../../api/support/message-text.js";
import { ManagerStage, pass, settle } from "./support/manager-stage.js";

const applicationError = new Error("Of the application.");

/** Every method of the delegate, as SIP.js declares it. */
const { resolve } = createRequire(import.meta.url);
const declared = resolve("sip.js/package.json").replace(
  "package.json",
  "lib/platform/web/session-manager/session-manager-delegate.d.ts"
);
const methods = [...readFileSync(declared, "utf8").matchAll(/^ {4}(on\w+)\??\(/gm)].map(
  ([, name]) => name
);

type Delegate = { [method: string]: (...args: unknown[]) => unknown };

/** A stage whose delegate throws in a method, once it has done what it is for. */
class Stage extends ManagerStage {
  readonly called = new Set<string>();

  constructor(private readonly throwing: string) {
    super(Ours);
  }

  override get delegate(): Ours.Web.SessionManagerDelegate {
    const delegate = super.delegate as Delegate;
    for (const [name, method] of Object.entries(delegate)) {
      delegate[name] = (...args) => {
        this.called.add(name);
        method(...args);
        if (name === this.throwing) throw applicationError;
      };
    }
    return delegate;
  }

  /** What is sent, but for when. */
  async play(): Promise<string[]> {
    const manager = this.make({ media: { constraints: { audio: true, video: false } } });
    const { transport } = this;
    const { receive } = transport;
    transport.receive = (message) => {
      try {
        receive.call(transport, message);
      } catch (error) {
        expect(error).toBe(applicationError);
      }
    };
    await tried(manager.connect());
    await tried(manager.register());
    await tried(manager.unregister());
    await this.callOut(manager);
    const invite = await this.receiveCall();
    await tried(manager.answer(this.session));
    const to = header(this.lastSent("SIP/2.0 200"), "To");
    await this.receive("ACK", { to, callId: header(invite, "Call-ID") });
    await tried(manager.hangup(this.session));
    const headers = ["Event: x", "Subscription-State: active"];
    await this.receive("MESSAGE", { body: "hello", headers: ["Content-Type: text/plain"] });
    await this.receive("NOTIFY", { body: "note", headers });
    try {
      transport.lose();
    } catch (error) {
      expect(error).toBe(applicationError);
    }
    await pass(5);
    await tried(manager.message("sip:bob@example.com", "hi"));
    await tried(manager.disconnect());
    return this.log
      .filter((line) => line.includes(" SIP/2.0 | ") || /SIP\/2.0 \d/.test(line))
      .map((line) => line.replace(/^[\d.]+ s: /, ""));
  }

  private async callOut(manager: Ours.Web.SessionManager): Promise<void> {
    await tried(manager.call("sip:bob@example.com"));
    await tried(manager.hold(this.session));
    await tried(manager.unhold(this.session));
    const body = "Signal=1\r\nDuration=250";
    const headers = ["Content-Type: application/dtmf-relay"];
    await this.receive("INFO", { ...this.within(), headers, body });
    await this.receive("BYE", this.within());
  }
}

/** What the application's own method does may be rejected with what its delegate throws. */
async function tried(promise: Promise<unknown>): Promise<void> {
  const end = promise.catch((error: unknown) => expect(error).toBe(applicationError));
  await settle();
  await Promise.race([end, settle()]);
}

const heard: unknown[] = [];
const hear = (error: unknown): void => void heard.push(error);
const events = ["uncaughtException", "unhandledRejection"] as const;
const listeners = events.map((event) => process.listeners(event as "exit"));

beforeAll(() => {
  for (const event of events) {
    process.removeAllListeners(event);
    process.on(event, hear);
  }
});

afterAll(() => {
  events.forEach((event, i) => {
    process.removeAllListeners(event);
    for (const listener of listeners[i]) process.on(event, listener);
  });
});

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"]
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("What a SessionManager sends does not change when its delegate throws in", () => {
  it.each(methods)("%s", async (method) => {
    const undisturbed = await new Stage("").play();
    vi.unstubAllGlobals();
    heard.length = 0;
    const stage = new Stage(method);
    expect(await stage.play()).toEqual(undisturbed);
    expect(undisturbed.length).toBeGreaterThan(15);
    expect(stage.called).toContain(method);
    expect(heard.filter((error) => error !== applicationError)).toEqual([]);
  });
});
