import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { engine } from "../../../js/engine/engine.js";
import { Subscriber, SubscriptionState, UserAgent } from "../../../js/index.js";
import type { SubscriberOptions } from "../../../js/index.js";
import { header, inDialog, reply, request, startLine } from "./support/message-text.js";
import { address, startAgent } from "./support/user-agents.js";
import type { TestAgent } from "./support/user-agents.js";

let agent: TestAgent;
let subscriber: Subscriber;
let log: string[];
let number: number;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  agent = await startAgent("alice");
  log = [];
  number = 0;
});

afterEach(() => {
  agent.userAgent.userAgentCore.reset();
  vi.useRealTimers();
});

function make(options: SubscriberOptions = {}): Subscriber {
  subscriber = new Subscriber(agent.userAgent, address("peer"), "presence", {
    delegate: {
      onNotify: (notification) => {
        log.push("onNotify " + notification.request.body);
        void notification.accept();
      }
    },
    ...options
  });
  subscriber.stateChange.addListener((state) => log.push(state));
  return subscriber;
}

/** The SUBSCRIBEs that were sent: within a dialog or not. */
function sent(within: boolean): string[] {
  const all = agent.transport.sentWith("SUBSCRIBE");
  return all.filter((message) => /;tag=/.test(header(message, "To")) === within);
}

function answer(status: number, expires = 3600): void {
  const last = agent.transport.sentWith("SUBSCRIBE").at(-1)!;
  agent.transport.receive(reply(last, status, { headers: [`Expires: ${expires}`] }));
}

function notify(state: string, body = ""): void {
  agent.transport.receive(
    request("NOTIFY", {
      ...inDialog(sent(false).at(-1)!),
      cseq: ++number,
      headers: ["Event: presence", `Subscription-State: ${state}`, "Content-Type: text/plain"],
      body
    })
  );
}

async function establish(options?: SubscriberOptions): Promise<void> {
  await make(options).subscribe();
  answer(200, 600);
  notify("active;expires=600", "one");
  log = [];
}

describe("Subscriber", () => {
  it("sends what SIP.js sends", async () => {
    await make({
      expires: 600,
      extraHeaders: ["X-A: b"],
      body: "<a/>",
      contentType: "a/xml"
    }).subscribe();
    const message = agent.transport.last;
    expect(startLine(message)).toBe("SUBSCRIBE sip:peer@example.com SIP/2.0");
    expect(header(message, "From")).toMatch(/^<sip:alice@example\.com>;tag=/);
    expect(header(message, "To")).toBe("<sip:peer@example.com>");
    expect(header(message, "Event")).toBe("presence");
    expect(header(message, "Expires")).toBe("600");
    expect(header(message, "Contact")).toBe(agent.userAgent.contact.toString());
    expect(header(message, "X-A")).toBe("b");
    expect(header(message, "Content-Type")).toBe("a/xml");
    expect(header(message, "Allow")).toContain("NOTIFY");
    expect(message.endsWith("\r\n\r\n<a/>")).toBe(true);
  });

  it("has processed a NOTIFY when it has come in", async () => {
    await make().subscribe();
    notify("active;expires=600", "one");
    expect(log).toEqual(["NotifyWait", "Subscribed", "onNotify one"]);
    expect(startLine(agent.transport.last)).toBe("SIP/2.0 200 OK");
    expect(subscriber.dialog?.subscriptionState).toBe("Active");
    expect(subscriber.dialog?.autoRefresh).toBe(true);
    expect(subscriber.dialog?.subscriptionExpires).toBe(600);
    vi.advanceTimersByTime(10_000);
    expect(subscriber.dialog?.subscriptionExpires).toBe(590);
  });

  it("refreshes after nine tenths of the time", async () => {
    await establish();
    vi.advanceTimersByTime(539_000);
    expect(sent(true)).toHaveLength(0);
    vi.advanceTimersByTime(1_000);
    expect(sent(true)).toHaveLength(1);
    expect(header(sent(true)[0], "Expires")).toBe("600");
    expect(header(sent(true)[0], "Event")).toBe("presence");
    answer(200, 600);
    notify("active;expires=600", "two");
    expect(log).toEqual(["onNotify two"]);
    vi.advanceTimersByTime(540_000);
    expect(sent(true)).toHaveLength(2);
  });

  it("hands each refresh over to onRefresh, with its message", async () => {
    const refreshes: string[] = [];
    class Listening extends Subscriber {
      protected override onRefresh(
        refresh: Parameters<Subscriber["onRefresh"]>[0]
      ): ReturnType<Subscriber["onRefresh"]> {
        super.onRefresh(refresh);
        refreshes.push(refresh.message.toString());
      }
      protected override onAccepted(response: Parameters<Subscriber["onAccepted"]>[0]): void {
        refreshes.push(String(response.message.statusCode));
      }
    }
    subscriber = new Listening(agent.userAgent, address("peer"), "presence");
    await subscriber.subscribe();
    notify("active;expires=600");
    answer(200, 600);
    vi.advanceTimersByTime(540_000);
    expect(refreshes).toEqual(["200", sent(true)[0]]);
    answer(200);
    expect(refreshes).toEqual(["200", sent(true)[0], "200"]);
  });

  it("goes on after a NOTIFY, whatever becomes of its SUBSCRIBE", async () => {
    await make().subscribe();
    notify("active;expires=600", "one");
    vi.advanceTimersByTime(33_000);
    expect(subscriber.state).toBe(SubscriptionState.Subscribed);
    expect(sent(true)).toHaveLength(0);
  });

  it("is over when no NOTIFY comes in 32 seconds", async () => {
    await make().subscribe();
    answer(200);
    vi.advanceTimersByTime(31_999);
    expect(log).toEqual(["NotifyWait"]);
    vi.advanceTimersByTime(1);
    expect(log).toEqual(["NotifyWait", "Terminated"]);
  });

  it("is over when a refresh brings no NOTIFY", async () => {
    await establish();
    vi.advanceTimersByTime(540_000);
    answer(200);
    vi.advanceTimersByTime(32_000);
    expect(log).toEqual(["Terminated"]);
    expect(sent(true)).toHaveLength(1);
  });

  it("subscribes anew after the seconds that the peer names", async () => {
    await establish();
    notify("terminated;reason=probation;retry-after=5", "last");
    expect(subscriber.dialog).toBeUndefined();
    vi.advanceTimersByTime(4_999);
    expect(sent(false)).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(sent(false)).toHaveLength(2);
    const [first, second] = sent(false).map((message) => header(message, "Call-ID"));
    expect(first).not.toBe(second);
    notify("active", "anew");
    expect(log).toEqual(["onNotify last", "onNotify anew"]);
    expect(subscriber.dialog).toBeDefined();
  });

  it("does not subscribe anew once it was unsubscribed", async () => {
    await establish();
    notify("terminated;reason=giveup;retry-after=5");
    await subscriber.unsubscribe();
    expect(log).toEqual(["onNotify ", "Terminated"]);
    vi.advanceTimersByTime(60_000);
    expect(sent(false)).toHaveLength(1);

    await establish({
      delegate: { onNotify: () => void subscriber.unsubscribe() }
    });
    notify("terminated;reason=deactivated");
    expect(sent(false)).toHaveLength(2);
    expect(subscriber.state).toBe(SubscriptionState.Terminated);
  });

  it("looks once, and not again and again, if it is to expire at once", async () => {
    await make({ expires: 0 }).subscribe();
    answer(200, 0);
    notify("terminated;reason=timeout", "look");
    expect(log).toEqual(["NotifyWait", "Subscribed", "onNotify look", "Terminated"]);
    expect(sent(false)).toHaveLength(1);
  });

  it("unsubscribes when it is disposed of, and when its user agent stops", async () => {
    await establish();
    await subscriber.dispose();
    expect(header(sent(true)[0], "Expires")).toBe("0");
    expect(log).toEqual(["Terminated"]);
    await subscriber.dispose();
    expect(sent(true)).toHaveLength(1);
    await establish();
    await agent.userAgent.stop();
    expect(sent(true)).toHaveLength(2);
    expect(subscriber.state).toBe(SubscriptionState.Terminated);
  });

  it("lets nobody hear of it any more once it was unsubscribed", async () => {
    await establish();
    await subscriber.unsubscribe();
    notify("terminated;reason=timeout", "last");
    expect(log).toEqual(["Terminated"]);
    expect(startLine(agent.transport.last)).toBe("SIP/2.0 200 OK");
    await subscriber.subscribe();
    expect(sent(false)).toHaveLength(1);
  });

  it("keeps what a delegate throws apart from the subscription", async () => {
    await make({
      delegate: {
        onNotify: () => {
          throw new Error("mine");
        }
      }
    }).subscribe();
    expect(() => notify("active")).toThrow("mine");
    expect(subscriber.state).toBe(SubscriptionState.Subscribed);
    expect(() => notify("terminated;reason=rejected")).toThrow("mine");
    expect(subscriber.state).toBe(SubscriptionState.Terminated);
  });

  it("refuses what cannot be sent, and is usable after that", async () => {
    const target = undefined as unknown as ReturnType<typeof address>;
    expect(() => new Subscriber(agent.userAgent, target, "presence")).toThrow(TypeError);
    subscriber = new Subscriber(agent.userAgent, address("peer"), "presence\r\nX: y");
    await expect(subscriber.subscribe()).rejects.toThrow(TypeError);
    expect(agent.transport.sentWith("SUBSCRIBE")).toHaveLength(0);
    await make({ expires: -1 }).subscribe();
    expect(header(agent.transport.last, "Expires")).toBe("3600");
  });

  it("leaves nothing behind", async () => {
    let handles = 0;
    for (let i = 0; i < 3; i++) {
      await establish();
      notify("terminated;reason=noresource");
      await make().subscribe();
      await subscriber.unsubscribe();
      answer(200);
      vi.advanceTimersByTime(64_000);
      handles ||= engine().handles;
    }
    expect(engine().handles).toBe(handles);
    expect(agent.userAgent._subscriptions).toEqual({});
    const core = agent.userAgent.userAgentCore;
    expect([core.subscribers.size, core.dialogs.size, core.userAgentClients.size]).toEqual([
      0, 0, 0
    ]);
  });

  it("has the state machine of SIP.js for its states", () => {
    expect(Object.values(SubscriptionState)).toEqual([
      "Initial",
      "NotifyWait",
      "Subscribed",
      "Terminated"
    ]);
    expect(UserAgent.makeURI("sip:peer@example.com")).toBeDefined();
  });
});

describe("A subscription of the core's", () => {
  it("lets its time and its refresh be set", async () => {
    await make().subscribe();
    notify("active;expires=100");
    const dialog = subscriber.dialog as unknown as {
      autoRefresh: boolean;
      subscriptionEvent: string;
      subscriptionExpires: number;
      subscriptionExpiresInitial: number;
      subscriptionRefresh: number | undefined;
      terminate(): void;
    };
    expect(dialog.subscriptionEvent).toBe("presence");
    expect(dialog.subscriptionExpiresInitial).toBe(100);
    expect(dialog.subscriptionRefresh).toBe(90);
    dialog.subscriptionExpires = 50;
    expect([dialog.subscriptionExpires, dialog.subscriptionRefresh]).toEqual([50, 45]);
    dialog.autoRefresh = false;
    expect(dialog.subscriptionRefresh).toBeUndefined();
    expect(() => (dialog.subscriptionExpires = -1)).toThrow(Error);
    vi.advanceTimersByTime(50_000);
    expect(sent(true)).toHaveLength(0);
    expect(dialog.subscriptionExpires).toBe(0);
    dialog.terminate();
    expect(log.at(-1)).toBe("Terminated");
    expect(sent(true)).toHaveLength(0);
    expect(agent.userAgent.userAgentCore.dialogs.size).toBe(0);
  });
});
