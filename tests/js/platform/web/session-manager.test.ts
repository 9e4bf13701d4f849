import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as Ours from "../../../../js/index.js";
import { reply } from "../../api/support/message-text.js";
import { ManagerStage, pass, settle } from "./support/manager-stage.js";

// Where SessionManager does better than SIP.js's. What it does as SIP.js's does is in
// session-manager.differential.test.ts.

let stage: ManagerStage;

beforeEach(() => {
  const toFake = ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"] as const;
  vi.useFakeTimers({ toFake: [...toFake] });
  stage = new ManagerStage(Ours);
});

afterEach(() => {
  stage.end();
  vi.useRealTimers();
});

async function connected(
  options: Ours.Web.SessionManagerOptions = {}
): Promise<Ours.Web.SessionManager> {
  const manager = stage.make(options);
  await manager.connect();
  return manager;
}

async function calling(
  options: Ours.Web.SessionManagerOptions = {}
): Promise<Ours.Web.SessionManager> {
  const manager = await connected(options);
  await manager.call("sip:bob@example.com");
  await settle();
  return manager;
}

const refusing = (method: string, status: number) => (message: string) =>
  message.startsWith(method) ? reply(message, status) : stage.usual(message);

const registers = (): number => stage.transport.sentWith("REGISTER").length;

/** Registers, in the time that it takes. */
async function register(manager: Ours.Web.SessionManager): Promise<void> {
  const registered = manager.register();
  await settle();
  await registered;
}

describe("A registration that is refused", () => {
  it("is tried again between one and two intervals later, again and again", async () => {
    const manager = await connected({ registrationRetry: true, registrationRetryInterval: 5 });
    stage.answer = refusing("REGISTER", 503);
    await register(manager);
    for (let attempts = 1; attempts < 4; attempts++) {
      let waited = 0;
      for (; registers() === attempts; waited++) await pass(1);
      expect(waited).toBeGreaterThanOrEqual(5);
      expect(waited).toBeLessThanOrEqual(11);
    }
  });

  it("is not tried again once the user has unregistered", async () => {
    const manager = await connected({ registrationRetry: true });
    stage.answer = refusing("REGISTER", 503);
    await register(manager);
    stage.answer = (message) => stage.usual(message);
    await manager.unregister();
    const sent = registers();
    await pass(20);
    expect(registers()).toBe(sent);
  });

  it("is tried at once when the application asks", async () => {
    const manager = await connected({ registrationRetry: true });
    stage.answer = refusing("REGISTER", 503);
    await register(manager);
    await register(manager);
    expect(registers()).toBe(2);
  });

  it("tells the application's own delegate of it too", async () => {
    const onReject = vi.fn();
    const manager = await connected({ registrationRetry: true });
    stage.answer = refusing("REGISTER", 503);
    void manager.register({ requestDelegate: { onReject } });
    await settle();
    expect(onReject).toHaveBeenCalledOnce();
  });
});

describe("A connection that is lost", () => {
  it("is followed by a registration as soon as it is back", async () => {
    const manager = await connected();
    await register(manager);
    stage.transport.lose();
    await settle();
    expect(registers()).toBe(2);
  });

  it("leaves nothing unhandled if the browser is online but the server is not", async () => {
    await connected({ reconnectionAttempts: 0 });
    stage.refuse(1);
    stage.transport.lose();
    stage.window.dispatchEvent(new Event("online"));
    await settle();
    expect(stage.log.filter((line) => line.endsWith("connect()"))).toHaveLength(2);
  });

  it("does not end a registration guard's wait in a REGISTER", async () => {
    let open = (_blocks: boolean): void => undefined;
    const registerGuard = (): Promise<boolean> => new Promise((resolve) => (open = resolve));
    const manager = await connected({ registerGuard, reconnectionAttempts: 0 });
    void manager.register();
    await settle();
    stage.transport.lose();
    open(false);
    await settle();
    expect(registers()).toBe(0);
  });
});

describe("Hold", () => {
  it("that the peer refuses leaves the call as it was", async () => {
    const manager = await calling();
    stage.answer = refusing("INVITE", 488);
    await manager.hold(stage.session);
    await settle();
    expect(manager.isHeld(stage.session)).toBe(false);
    stage.answer = (message) => stage.usual(message);
    await manager.hold(stage.session);
    await settle();
    expect(manager.isHeld(stage.session)).toBe(true);
    expect(stage.log.at(-1)).toContain("onCallHold Inviter Established true");
  });

  it("is not disturbed by its opposite while it is under way", async () => {
    const manager = await calling();
    const held = manager.hold(stage.session);
    await expect(manager.unhold(stage.session)).rejects.toThrow("Reinvite in progress");
    await held;
    await settle();
    expect(manager.isHeld(stage.session)).toBe(true);
    expect(stage.lastSent("INVITE")).toContain("a=sendonly");
  });

  it("over a lost connection is not on", async () => {
    const manager = await calling();
    stage.transport.send = () => Promise.reject(new Error("Lost."));
    await manager.hold(stage.session).catch(() => undefined);
    await settle();
    expect(manager.isHeld(stage.session)).toBe(false);
  });
});

it("Media elements play what comes later and do not mind what does not play", async () => {
  const audio = stage.element("audio");
  audio.play = () => Promise.reject(new DOMException("No gesture.", "NotAllowedError"));
  const manager = await calling({ media: { remote: { audio } } });
  expect(stage.session.state).toBe("Established");
  manager.getRemoteMediaStream(stage.session)!.onaddtrack!(new Event("x") as MediaStreamTrackEvent);
  await settle();
  expect(stage.log.at(-1)).toContain("audio.load()");
});

it("A transfer to a call that is not answered is refused", async () => {
  const manager = await calling();
  const first = stage.session;
  stage.answer = refusing("INVITE", 180);
  const second = await manager.call("sip:carol@example.com");
  await expect(manager.transfer(first, second)).rejects.toThrow("not established");
});

it("A transfer to somebody who cannot be called is survived", async () => {
  await calling();
  stage.media.refuse();
  await stage.receive("REFER", { ...stage.within(), headers: ["Refer-To: <sip:c@example.com>"] });
  await settle();
  expect(stage.log.at(-1)).toContain("onCallHangup Inviter Terminated");
});

it("Without a window there is nothing to hear", async () => {
  vi.stubGlobal("window", undefined);
  const manager = await connected();
  expect(manager.isConnected()).toBe(true);
});

describe("SimpleUser", () => {
  async function user(delegate: Ours.Web.SimpleUserDelegate = {}): Promise<Ours.Web.SimpleUser> {
    const simpleUser = new Ours.Web.SimpleUser("wss://example.com", {
      aor: "sip:alice@example.com",
      delegate,
      userAgentOptions: stage.userAgentOptions()
    });
    await simpleUser.connect();
    return simpleUser;
  }

  it("says why the connection was lost", async () => {
    const onServerDisconnect = vi.fn();
    await user({ onServerDisconnect });
    stage.transport.lose();
    expect(onServerDisconnect).toHaveBeenCalledExactlyOnceWith(new Error("Lost."));
  });

  it("keeps the call that he was transferred to when the first one ends", async () => {
    const simpleUser = await user();
    await simpleUser.call("sip:bob@example.com");
    await settle();
    const inFirst = stage.within();
    await stage.receive("REFER", { ...inFirst, headers: ["Refer-To: <sip:c@example.com>"] });
    await stage.receive("BYE", { ...inFirst, cseq: 99 });
    await simpleUser.hangup();
    expect(stage.lastSent("BYE")).toContain("To: <sip:c@example.com>");
  });
});
