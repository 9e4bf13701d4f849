import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Registerer, RegistererState, RequestPendingError, UserAgent } from "../../../js/index.js";
import type { RegistererOptions, UserAgentOptions } from "../../../js/index.js";
import { header, headers, reply, startLine } from "./support/message-text.js";
import { settle, startAgent } from "./support/user-agents.js";
import type { TestAgent } from "./support/user-agents.js";

let agent: TestAgent;
let registerer: Registerer;
let log: string[];

async function setUp(
  options: RegistererOptions = {},
  agentOptions: Partial<UserAgentOptions> = {}
): Promise<void> {
  agent = await startAgent("alice", agentOptions);
  registerer = new Registerer(agent.userAgent, options);
  log = [];
  registerer.stateChange.addListener((state) => log.push(state));
}

const delegate = {
  onAccept: () => void log.push("onAccept " + registerer.state),
  onReject: () => void log.push("onReject " + registerer.state),
  onTrying: () => void log.push("onTrying")
};

/** Answers the REGISTER that was sent last. */
function answer(status: number, extra: string[] = []): void {
  agent.transport.receive(reply(agent.transport.last, status, { headers: extra }));
}

/** The contact of the last REGISTER, with the seconds granted. */
function granted(seconds: number): string[] {
  const contact = header(agent.transport.last, "Contact");
  return ["Contact: " + contact.replace(/expires=\d+/, `expires=${seconds}`)];
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
});

afterEach(() => {
  agent.userAgent.userAgentCore.reset();
  vi.useRealTimers();
});

describe("Registerer", () => {
  it("sends what SIP.js sends", async () => {
    await setUp(
      {
        expires: 120,
        extraContactHeaderParams: ["foo=bar", "q=0.5"],
        extraHeaders: ["X-R: 1"],
        regId: 3,
        instanceId: "b8d061b0-5833-4785-aa3d-95c4f6df05a9",
        registrar: UserAgent.makeURI("sip:registrar.example.com:5070"),
        params: { fromDisplayName: "F", toDisplayName: "T", fromTag: "ft" }
      },
      { contactName: "me", viaHost: "v.invalid" }
    );
    await registerer.register();
    const sent = agent.transport.last;
    expect(startLine(sent)).toBe("REGISTER sip:registrar.example.com:5070 SIP/2.0");
    expect(header(sent, "From")).toBe('"F" <sip:alice@example.com>;tag=ft');
    expect(header(sent, "To")).toBe('"T" <sip:alice@example.com>');
    expect(headers(sent, "Contact")).toEqual([
      "<sip:me@v.invalid;transport=ws>;reg-id=3" +
        ';+sip.instance="<urn:uuid:b8d061b0-5833-4785-aa3d-95c4f6df05a9>"' +
        ";foo=bar;q=0.5;expires=120"
    ]);
    expect(header(sent, "X-R")).toBe("1");
    expect(header(sent, "Supported")).toBe("outbound, path, gruu");
    expect(header(sent, "Allow")).toBe("ACK,CANCEL,INVITE,MESSAGE,BYE,OPTIONS,INFO,NOTIFY,REFER");
  });

  it("registers with the domain of its user agent's address by default", async () => {
    await setUp();
    const request = await registerer.register();
    expect(startLine(agent.transport.last)).toBe("REGISTER sip:example.com SIP/2.0");
    expect(request.message.toString()).toBe(agent.transport.last);
    expect(header(agent.transport.last, "Contact")).toMatch(/;expires=600$/);
  });

  it("changes its state before it tells the delegate of the request", async () => {
    await setUp();
    const registered = registerer.register({ requestDelegate: delegate });
    expect(agent.transport.sentWith("REGISTER")).toHaveLength(1);
    await registered;
    expect(registerer.state).toBe(RegistererState.Initial);
    answer(100);
    answer(200, granted(300));
    expect(log).toEqual(["onTrying", "Registered", "onAccept Registered"]);
    expect(registerer.contacts).toEqual([granted(300)[0].slice("Contact: ".length)]);

    await registerer.unregister({ requestDelegate: delegate });
    expect(header(agent.transport.last, "Contact")).toMatch(/;expires=0$/);
    expect(header(agent.transport.last, "CSeq")).toBe("2 REGISTER");
    expect(registerer.state).toBe(RegistererState.Registered);
    answer(200);
    expect(log.slice(3)).toEqual(["Unregistered", "onAccept Unregistered"]);
    expect(registerer.contacts).toEqual([]);
  });

  // RFC 5627 section 4.2.
  it("takes the GRUUs of its own contact over", async () => {
    await setUp();
    await registerer.register();
    const gruus = ';pub-gruu="sip:alice@example.com;gr=x";temp-gruu="sip:t@example.com;gr"';
    const [own] = granted(600);
    answer(200, [
      `Contact: <sip:other@example.com>${gruus.replaceAll("example", "other")}`,
      own + gruus
    ]);
    const { contact } = agent.userAgent;
    expect(String(contact.pubGruu)).toBe("sip:alice@example.com;gr=x");
    expect(String(contact.tempGruu)).toBe("sip:t@example.com;gr");
    expect(contact.toString()).toBe("<sip:alice@example.com;gr=x>");
    expect(contact.toString({ anonymous: true })).toBe("<sip:t@example.com;gr>");
    await registerer.register();
    expect(header(agent.transport.last, "Contact")).toBe(own.slice("Contact: ".length));
  });

  it("removes every contact if asked to", async () => {
    await setUp();
    await registerer.unregister({ all: true });
    expect(header(agent.transport.last, "Contact")).toBe("*");
    expect(header(agent.transport.last, "Expires")).toBe("0");
  });

  it("refuses a second request while one waits for its response", async () => {
    await setUp();
    await registerer.register();
    await expect(registerer.register()).rejects.toThrow(RequestPendingError);
    await expect(registerer.unregister()).rejects.toThrow(RequestPendingError);
    answer(200, granted(300));
    await registerer.register();
    expect(agent.transport.sentWith("REGISTER")).toHaveLength(2);
  });

  it("refreshes in time, and notices a refusal then", async () => {
    await setUp({ refreshFrequency: 50 });
    await registerer.register({ requestDelegate: delegate });
    answer(200, granted(100));
    vi.advanceTimersByTime(49_999);
    expect(agent.transport.sentWith("REGISTER")).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(agent.transport.sentWith("REGISTER")).toHaveLength(2);
    answer(200, granted(100));
    vi.advanceTimersByTime(50_000);
    expect(agent.transport.sentWith("REGISTER")).toHaveLength(3);
    answer(403);
    expect(log).toEqual(["Registered", "onAccept Registered", "Unregistered"]);
  });

  it("tells how long to wait before the next attempt", async () => {
    await setUp();
    const retryAfter: unknown[] = [];
    registerer.stateChange.addListener(() => retryAfter.push(registerer.retryAfter));
    await registerer.register({
      requestDelegate: { onReject: () => void retryAfter.push(registerer.retryAfter) }
    });
    answer(503, ["Retry-After: 11 (busy);duration=3"]);
    expect(retryAfter).toEqual([11, 11]);
    await registerer.register();
    answer(200, granted(60));
    expect(registerer.retryAfter).toBeUndefined();
  });

  it("tells of a wrong password, once", async () => {
    await setUp({}, { authorizationPassword: "wrong" });
    await registerer.register({ requestDelegate: delegate });
    const challenge = 'WWW-Authenticate: Digest realm="r", nonce="n", algorithm=MD5';
    answer(401, [challenge]);
    expect(agent.transport.sentWith("REGISTER")).toHaveLength(2);
    answer(401, [challenge]);
    expect(agent.transport.sentWith("REGISTER")).toHaveLength(2);
    expect(log).toEqual(["Unregistered", "onReject Unregistered"]);
  });

  it("asks for the time that the registrar wants at least", async () => {
    await setUp();
    await registerer.register();
    answer(423, ["Min-Expires: 900"]);
    expect(header(agent.transport.last, "Contact")).toMatch(/;expires=900$/);
    expect(registerer.state).toBe(RegistererState.Initial);
  });

  it("gives its user agent the GRUUs of the registrar", async () => {
    await setUp();
    await registerer.register();
    const gruus = ';pub-gruu="sip:alice@example.com;gr=x";temp-gruu="sip:t@example.com;gr"';
    answer(200, [granted(300)[0] + gruus]);
    const { contact } = agent.userAgent;
    expect(String(contact)).toBe("<sip:alice@example.com;gr=x>");
    expect(contact.toString({ anonymous: true })).toBe("<sip:t@example.com;gr>");
    await registerer.unregister();
    expect(header(agent.transport.last, "Contact")).not.toContain("gr=x");
  });

  it("is refused at once without a connection, and works again with one", async () => {
    await setUp();
    agent.transport.lose();
    await registerer.register({ requestDelegate: delegate });
    await vi.waitFor(() => expect(log).toEqual(["Unregistered", "onReject Unregistered"]));
    await agent.userAgent.reconnect();
    await registerer.register();
    answer(200, granted(300));
    expect(registerer.state).toBe(RegistererState.Registered);
  });

  it("unregisters when disposed of, and cannot be used any more", async () => {
    await setUp();
    await registerer.register();
    answer(200, granted(300));
    const disposed = registerer.dispose();
    expect(header(agent.transport.last, "Contact")).toMatch(/;expires=0$/);
    answer(200);
    await disposed;
    expect(log).toEqual(["Registered", "Unregistered", "Terminated"]);
    expect(() => registerer.register()).toThrow("Registerer terminated. Unable to register.");
    expect(() => registerer.unregister()).toThrow("Registerer terminated.");
    expect(agent.userAgent._registerers).toEqual({});
    vi.advanceTimersByTime(600_000);
    expect(agent.transport.sentWith("REGISTER")).toHaveLength(2);
  });

  it("waits for the response under way when disposed of", async () => {
    await setUp();
    await registerer.register();
    let done = false;
    void registerer.dispose().then(() => (done = true));
    await Promise.resolve();
    expect(done).toBe(false);
    answer(403);
    await vi.waitFor(() => expect(done).toBe(true));
    expect(registerer.state).toBe(RegistererState.Terminated);
  });

  it.each([
    [{ refreshFrequency: 49 }, "Invalid refresh frequency."],
    [{ refreshFrequency: 100 }, "Invalid refresh frequency."],
    [{ expires: -1 }, "Invalid expires."],
    [{ instanceId: "x" }, "Invalid instanceId."]
  ])("refuses the options %j", async (options, message) => {
    await setUp();
    expect(() => new Registerer(agent.userAgent, options)).toThrow(message);
  });

  it("takes expires: 0 for none given, as SIP.js does", async () => {
    await setUp({ expires: 0 });
    await registerer.register();
    expect(header(agent.transport.last, "Contact")).toMatch(/;expires=600$/);
  });

  it("survives a listener that throws", async () => {
    await setUp();
    const uncaught: unknown[] = [];
    const listeners = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException");
    process.on("uncaughtException", (error) => uncaught.push(error));
    registerer.stateChange.addListener(() => {
      throw new Error("of the listener");
    });
    await registerer.register({ requestDelegate: delegate });
    answer(200, granted(300));
    expect(log).toEqual(["Registered", "onAccept Registered"]);
    vi.useRealTimers();
    await settle();
    expect(uncaught).toMatchObject([{ message: "of the listener" }]);
    process.removeAllListeners("uncaughtException");
    listeners.forEach((listener) => process.on("uncaughtException", listener));
  });
});
