import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CommandError, StatusCode } from "../../../js/engine/errors.js";
import { engine, ParseKind } from "../../../js/engine/engine.js";
import type { Face } from "../../../js/engine/engine.js";
import type { CreateCore, Event, SendRequest } from "../../../js/engine/wire.js";
import { header, reply, request } from "../api/support/message-text.js";

const configuration: Omit<CreateCore, "type"> = {
  transport: "WSS",
  sentBy: "me.invalid",
  forceRport: false,
  contact: "<sip:me@me.invalid;transport=ws>",
  userAgent: "",
  supported: "",
  allow: "INVITE,ACK,BYE,CANCEL,MESSAGE",
  accept: "",
  routes: [],
  username: "",
  password: "",
  ha1: "",
  maxMessageSize: 0,
  quiet: false
};

/** A face that keeps what it is told. */
class Recorder implements Face {
  readonly events: Event[] = [];
  onEvent: (event: Event) => void = () => undefined;

  _deliver(event: Event): void {
    this.events.push(event);
    this.onEvent(event);
  }

  of<T extends Event["type"]>(type: T): Array<Extract<Event, { type: T }>> {
    return this.events.filter((event): event is Extract<Event, { type: T }> => event.type === type);
  }
}

let core: number;
let face: Recorder;

function send(method: string, parts: Partial<SendRequest> = {}): Recorder {
  const client = new Recorder();
  const command: SendRequest = {
    type: "sendRequest",
    core,
    method,
    requestUri: "sip:bob@example.com",
    from: "<sip:me@example.com>;tag=me",
    to: "<sip:bob@example.com>",
    callId: "call",
    cseq: 1,
    after: 0,
    routes: [],
    headers: [],
    body: "",
    contentType: "",
    contentDisposition: "",
    ...parts
  };
  engine().perform(command, () => client);
  return client;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  face = new Recorder();
  core = engine().perform({ type: "createCore", ...configuration }, () => face).handle;
  engine().perform({ type: "setConnected", core, connected: true });
});

afterEach(() => {
  engine().perform({ type: "disposeCore", core });
  vi.useRealTimers();
});

describe("Engine", () => {
  it("carries a command out and delivers what follows from it before it returns", () => {
    send("MESSAGE", { body: "hi", contentType: "text/plain" });
    const [{ text }] = face.of("transmit");
    expect(text).toMatch(/^MESSAGE sip:bob@example\.com SIP\/2\.0\r\n/);
    expect(text).toMatch(/\r\n\r\nhi$/);
  });

  it("brings text of any script across the door and back", () => {
    const body = "h\u00e9llo \u4f60\u597d \ud83d\ude00 " + "\u00e4".repeat(5000);
    const client = send("MESSAGE", { body, contentType: "text/plain" });
    const [{ text }] = face.of("transmit");
    expect(text.endsWith("\r\n\r\n" + body)).toBe(true);
    expect(header(text, "Content-Length")).toBe(String(Buffer.byteLength(body)));
    engine().receive(core, reply(text, 200, { reason: "\u00d6K", headers: ["X: \u4f60"] }));
    const [{ message }] = client.of("responseReceived");
    expect(message!.reason).toBe("\u00d6K");
    expect(message!.value(message!.fieldCount - 2)).toBe("\u4f60");
  });

  it("keeps several texts of any script in one event apart", () => {
    const [me, bob] = ['"Zo\u00eb" <sip:me@example.com>', '"J\u00fcrgen" <sip:bob@example.com>'];
    send("INVITE", { from: me + ";tag=me", to: bob });
    const headers = ["Contact: <sip:peer@peer.invalid>"];
    engine().receive(core, reply(face.of("transmit")[0].text, 180, { headers }));
    const [{ local, remote, remoteTag, remoteTarget }] = face.of("dialogChanged");
    expect([local, remote]).toEqual([me + ";tag=me", bob + ";tag=peer"]);
    expect([remoteTag, remoteTarget]).toEqual(["peer", "sip:peer@peer.invalid"]);
  });

  it("gives slices of the very text that was received", () => {
    const text = request("MESSAGE", { uri: "sip:me@me.invalid", body: "\u00fcber" });
    engine().receive(core, text);
    const [{ message }] = face.of("requestReceived");
    expect(message!.text).toBe(text);
    expect(message!.method).toBe("MESSAGE");
    expect(message!.body).toBe("\u00fcber");
  });

  it("makes a TypeError of a refused value and a CommandError of a refused state", () => {
    expect(() => send("MESSAGE", { headers: ["X-A: b\r\nX-C: d"] })).toThrow(TypeError);
    expect(() => engine().perform({ type: "disposeRequest", request: 999999 })).toThrow(
      CommandError
    );
    try {
      engine().perform({ type: "cancel", told: false, client: 999999, headers: [] });
    } catch (error) {
      expect((error as CommandError).code).toBe(StatusCode.NotFound);
    }
    expect(face.of("transmit")).toEqual([]);
  });

  it("forgets a face once its handle is terminated", () => {
    const before = engine().size;
    const client = send("MESSAGE");
    expect(engine().size).toBe(before + 1);
    engine().receive(core, reply(face.of("transmit")[0].text, 200));
    expect(client.events.map(({ type }) => type)).toEqual(["responseReceived", "terminated"]);
    expect(engine().size).toBe(before);
  });

  it("delivers everything although a face throws, then rethrows the first exception", () => {
    const client = send("MESSAGE");
    client.onEvent = ({ type }) => {
      throw new Error(type);
    };
    const response = reply(face.of("transmit")[0].text, 200);
    expect(() => engine().receive(core, response)).toThrow("responseReceived");
    expect(client.events).toHaveLength(2);
    send("MESSAGE");
    expect(face.of("transmit")).toHaveLength(2);
  });

  it("lets a face call back in: the inner call's effects are there when it returns", () => {
    const client = send("MESSAGE");
    let inner = 0;
    client.onEvent = ({ type }) => {
      if (type === "responseReceived") {
        send("MESSAGE");
        inner = face.of("transmit").length;
      }
    };
    engine().receive(core, reply(face.of("transmit")[0].text, 200));
    expect(inner).toBe(2);
  });

  it("does not make a delegate's exception the error of whoever gave the command", async () => {
    const uncaught = new Promise((resolve) => process.once("uncaughtException", resolve));
    const listeners = process.listeners("uncaughtException").slice(0, -1);
    listeners.forEach((listener) => process.off("uncaughtException", listener));
    face.onEvent = () => {
      throw new Error("of the delegate");
    };
    expect(() => send("MESSAGE")).not.toThrow();
    await expect(uncaught).resolves.toMatchObject({ message: "of the delegate" });
    listeners.forEach((listener) => process.on("uncaughtException", listener));
    face.onEvent = () => undefined;
  });

  it("drives every timer by the global setTimeout, whatever the clock says", () => {
    const client = send("MESSAGE");
    // Timer F (RFC 3261 section 17.1.2.2), 64*T1, though Date says that no time has passed.
    vi.advanceTimersByTime(32000);
    const [{ local, message }] = client.of("responseReceived");
    expect([local, message!.status]).toEqual([true, 408]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("uses whatever setTimeout is in place when it is needed", () => {
    const client = send("MESSAGE");
    vi.useRealTimers();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    send("MESSAGE", { callId: "other" });
    vi.advanceTimersByTime(33000);
    expect(client.of("responseReceived")).toHaveLength(1);
  });

  it("says of a text that is no message why not", () => {
    expect(engine().parseMessage("nonsense")).toMatch(/start line/i);
    expect(engine().parse(ParseKind.Uri, "nonsense")).toBeUndefined();
  });
});
