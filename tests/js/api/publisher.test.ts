import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { engine } from "../../../js/engine/engine.js";
import { Publisher, PublisherState } from "../../../js/index.js";
import type { PublisherOptions } from "../../../js/index.js";
import { bodyOf, header, reply, startLine } from "./support/message-text.js";
import { address, startAgent } from "./support/user-agents.js";
import type { TestAgent } from "./support/user-agents.js";

let agent: TestAgent;
let publisher: Publisher;
let log: string[];

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  agent = await startAgent("alice");
  log = [];
});

afterEach(() => {
  agent.userAgent.userAgentCore.reset();
  vi.useRealTimers();
});

function make(options: PublisherOptions = {}): Publisher {
  publisher = new Publisher(agent.userAgent, address("alice"), "presence", options);
  publisher.stateChange.addListener((state) => log.push(state));
  return publisher;
}

const sent = (): string[] => agent.transport.sentWith("PUBLISH");

function answer(status: number, ...headers: string[]): void {
  agent.transport.receive(reply(sent().at(-1)!, status, { headers }));
}

async function publish(content = "one"): Promise<void> {
  await publisher.publish(content);
  answer(200, "SIP-ETag: e" + sent().length, "Expires: 100");
}

describe("Publisher", () => {
  it("sends what SIP.js sends", async () => {
    await make({
      expires: 100,
      contentType: "application/pidf+xml",
      extraHeaders: ["X-A: b"],
      params: { fromDisplayName: "F", fromTag: "ft", toDisplayName: "T", toUri: address("to") }
    }).publish("<presence/>");
    const [message] = sent();
    expect(startLine(message)).toBe("PUBLISH sip:alice@example.com SIP/2.0");
    expect(header(message, "From")).toBe('"F" <sip:alice@example.com>;tag=ft');
    expect(header(message, "To")).toBe('"T" <sip:to@example.com>');
    expect(header(message, "Event")).toBe("presence");
    expect(header(message, "Expires")).toBe("100");
    expect(header(message, "X-A")).toBe("b");
    expect(header(message, "SIP-If-Match")).toBe("");
    expect(header(message, "Content-Type")).toBe("application/pidf+xml");
    expect(bodyOf(message)).toBe("<presence/>");
  });

  it("keeps a publication alive, and replaces it", async () => {
    make({ expires: 100 });
    await publish();
    vi.advanceTimersByTime(89_000);
    expect(sent()).toHaveLength(1);
    vi.advanceTimersByTime(1_000);
    expect(header(sent()[1], "SIP-If-Match")).toBe("e1");
    expect(bodyOf(sent()[1])).toBe("");
    answer(200, "SIP-ETag: e2", "Expires: 100");
    await publish("two");
    expect(header(sent()[2], "SIP-If-Match")).toBe("e2");
    expect(bodyOf(sent()[2])).toBe("two");
    expect(header(sent()[2], "Content-Type")).toBe("text/plain");
    expect(log).toEqual(["Published"]);
  });

  it("begins anew when what it refreshes is gone", async () => {
    make();
    await publish();
    vi.advanceTimersByTime(90_000);
    answer(412);
    expect(header(sent()[2], "SIP-If-Match")).toBe("");
    expect(bodyOf(sent()[2])).toBe("one");
    answer(200, "SIP-ETag: e3", "Expires: 100");
    expect(log).toEqual(["Published"]);
  });

  it("is over when a refresh is refused", async () => {
    make();
    await publish();
    vi.advanceTimersByTime(90_000);
    answer(403);
    expect(log).toEqual(["Published", "Unpublished", "Terminated"]);
    vi.advanceTimersByTime(200_000);
    expect(sent()).toHaveLength(2);
    expect(agent.userAgent._publishers).toEqual({});
  });

  it("removes what it has published, also when the user agent stops", async () => {
    make();
    await publish();
    await publisher.unpublish();
    expect(header(sent()[1], "Expires")).toBe("0");
    expect(header(sent()[1], "SIP-If-Match")).toBe("e1");
    expect(publisher.state).toBe(PublisherState.Published);
    answer(200);
    expect(log).toEqual(["Published", "Unpublished"]);
    await publish("two");
    await agent.userAgent.stop();
    expect(header(sent()[3], "Expires")).toBe("0");
  });

  it("leaves it there if it is told to", async () => {
    make({ unpublishOnClose: false });
    await publish();
    await publisher.dispose();
    vi.advanceTimersByTime(200_000);
    expect(sent()).toHaveLength(1);
    expect(publisher.state).toBe(PublisherState.Published);
  });

  it("refuses what cannot be sent, and is usable after that", async () => {
    const target = undefined as unknown as ReturnType<typeof address>;
    expect(() => new Publisher(agent.userAgent, target, "presence")).toThrow(TypeError);
    publisher = new Publisher(agent.userAgent, address("alice"), "presence\r\nX: y");
    await expect(publisher.publish("one")).rejects.toThrow(TypeError);
    expect(sent()).toHaveLength(0);
    make({ expires: -1 });
    await publish();
    expect(header(sent()[0], "Expires")).toBe("3600");
  });

  it("leaves nothing behind", async () => {
    let handles = 0;
    for (let i = 0; i < 3; i++) {
      make();
      await publisher.publish("one");
      answer(403);
      vi.advanceTimersByTime(64_000);
      handles ||= engine().handles;
    }
    expect(agent.userAgent._publishers).toEqual({});
    expect(engine().handles).toBe(handles);
  });
});
