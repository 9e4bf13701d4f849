import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Inviter, SessionState, Web } from "../../../js/index.js";
import type { Invitation, UserAgentOptions } from "../../../js/index.js";
import { FakeMedia } from "../../support/js/fake-media.js";
import { FakeNetwork } from "../../support/js/fake-websocket.js";
import { header, startLine } from "./support/message-text.js";
import { address, Network, statesOf } from "./support/user-agents.js";
import type { TestAgent } from "./support/user-agents.js";

/** What the program's promises were rejected with and nobody caught, in the program either. */
const rejections: string[] = [];
const sockets = new FakeNetwork({ auto: true });
const media = new FakeMedia();
const window = new EventTarget();
const network = new Network();
let bob: TestAgent;
const invitations: Invitation[] = [];
const before: Array<[string, PropertyDescriptor | undefined]> = [];
let listeners: NodeJS.UnhandledRejectionListener[];

const sent = (start: string): string[] =>
  sockets.sockets.flatMap((socket) => socket.sent).filter((message) => message.startsWith(start));

beforeAll(async () => {
  listeners = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", (error: Error) => rejections.push(error.message));
  sockets.onSend = (_socket, message) => network.route(message);
  network.elsewhere = (message) => sockets.latest.receive(message);
  bob = await network.add("bob", {
    sessionDescriptionHandlerFactory: Web.defaultSessionDescriptionHandlerFactory(),
    sessionDescriptionHandlerFactoryOptions: { peerConnectionConfiguration: { iceServers: [] } },
    delegate: {
      onInvite: (invitation) => {
        invitations.push(invitation);
        void invitation.accept();
      }
    }
  });
  for (const [name, value] of Object.entries({
    ...media.globals,
    WebSocket: sockets.WebSocket,
    window,
    addresses: {
      alice: "sip:alice@example.com",
      bob: "sip:bob@example.com",
      carol: "sip:carol@example.com",
      options: {
        transportOptions: { server: "wss://sip.example.com/ws" },
        sessionDescriptionHandlerFactoryOptions: {
          peerConnectionConfiguration: { iceServers: [] }
        },
        logBuiltinEnabled: false
      } satisfies Partial<UserAgentOptions>
    }
  })) {
    // For all tests together, which `vi.stubGlobal` would not do.
    before.push([name, Object.getOwnPropertyDescriptor(globalThis, name)]);
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  // Not before the stand-ins for the browser are there.
  await import("./overview/program.js");
});

afterAll(() => {
  process.removeAllListeners("unhandledRejection");
  listeners.forEach((listener) => process.on("unhandledRejection", listener));
  for (const [name, descriptor] of before) {
    Reflect.deleteProperty(globalThis, name);
    if (descriptor) Object.defineProperty(globalThis, name, descriptor);
  }
});

describe("The program of the API overview", () => {
  it("registers and calls", async () => {
    await vi.waitFor(() => expect(invitations[0]?.state).toBe(SessionState.Established));
    const [register] = sent("REGISTER");
    expect(startLine(register)).toBe("REGISTER sip:example.com SIP/2.0");
    expect(sockets.latest.requestedProtocols).toEqual(["sip"]);
    expect(String(invitations[0].remoteIdentity.uri)).toBe("sip:alice@example.com");
    await vi.waitFor(() => expect(sent("ACK")).toHaveLength(1));
  });

  it("is told by a rejected promise that it refers too early, as with SIP.js", () => {
    expect(rejections).toEqual(["Invalid session state Initial"]);
  });

  it("answers a call with audio", async () => {
    const inviter = new Inviter(bob.userAgent, address("alice"));
    const states = statesOf(inviter);
    const others = media.openPeerConnections.length;
    await inviter.invite();
    await vi.waitFor(() => expect(states).toEqual(["Establishing", "Established"]));
    expect(media.openPeerConnections.length).toBe(others + 2);
    const [, answer] = media.openPeerConnections.slice(-2);
    expect(answer.localDescription?.sdp).toContain("m=audio");
    expect(answer.localDescription?.sdp).not.toContain("m=video");
    await inviter.bye();
    await vi.waitFor(() => expect(media.openPeerConnections.length).toBe(others));
  });

  it("connects and registers again when the connection is lost", async () => {
    const registers = sent("REGISTER").length;
    sockets.latest.fail();
    await vi.waitFor(() => expect(sockets.sockets).toHaveLength(2));
    await vi.waitFor(() => expect(sent("REGISTER").length).toBeGreaterThan(registers));
    expect(header(sent("REGISTER").at(-1)!, "Contact")).toMatch(/;expires=600$/);
    expect(rejections).toHaveLength(1);
  });

  it("connects again when the browser goes online", async () => {
    window.dispatchEvent(new Event("online"));
    await vi.waitFor(() => expect(sockets.latest.readyState).toBe(1));
    expect(rejections).toHaveLength(1);
  });

  it("goes on with the call after that", async () => {
    const [invitation] = invitations;
    expect(invitation.state).toBe(SessionState.Established);
    await invitation.bye();
    await vi.waitFor(() => expect(media.openPeerConnections).toEqual([]));
    expect(media.liveTracks).toEqual([]);
  });
});
