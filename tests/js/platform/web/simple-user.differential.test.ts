import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as Reference from "sip.js";
import * as Ours from "../../../../js/index.js";
import { reply } from "../../api/support/message-text.js";
import { ManagerStage, pass, settle } from "./support/manager-stage.js";
import type { Library } from "./support/manager-stage.js";

type Delegate = Ours.Web.SimpleUserDelegate;

class UserStage extends ManagerStage {
  user!: Ours.Web.SimpleUser;

  makeUser(options: Ours.Web.SimpleUserOptions = {}): Ours.Web.SimpleUser {
    const told =
      (what: string) =>
      (...more: unknown[]) =>
        // SIP.js does not hand over why the connection was lost.
        this.note(what === "onServerDisconnect" ? what : [what, ...more].join(" "));
    const delegate: Delegate = {};
    for (const name of [
      "onCallAnswered",
      "onCallCreated",
      "onCallReceived",
      "onCallHangup",
      "onCallHold",
      "onCallDTMFReceived",
      "onMessageReceived",
      "onRegistered",
      "onUnregistered",
      "onServerConnect",
      "onServerDisconnect"
    ] as const) {
      delegate[name] = told(name);
    }
    const { userAgentOptions, ...rest } = options;
    this.user = new this.library.Web.SimpleUser("wss://example.com", {
      aor: "sip:alice@example.com",
      delegate,
      ...rest,
      userAgentOptions: this.userAgentOptions(userAgentOptions)
    });
    return this.user;
  }

  async connected(options: Ours.Web.SimpleUserOptions = {}): Promise<Ours.Web.SimpleUser> {
    const user = this.makeUser(options);
    await user.connect();
    await settle();
    return user;
  }
}

const getters = [
  "localMediaStream",
  "remoteMediaStream",
  "localAudioTrack",
  "localVideoTrack",
  "remoteAudioTrack",
  "remoteVideoTrack"
] as const;

const scripts: { [name: string]: (stage: UserStage) => Promise<void> } = {
  names: async (stage) => {
    stage.tell("id", () => stage.makeUser().id);
    stage.tell("id", () => stage.makeUser({ userAgentOptions: { displayName: "Alice" } }).id);
    stage.tell("bad", () => stage.makeUser({ aor: "nonsense" }));
    stage.tell(
      "Undefined",
      () => stage.makeUser({ aor: undefined, media: undefined, reconnectionAttempts: undefined }).id
    );
  },
  "without a call": async (stage) => {
    const user = await stage.connected();
    for (const getter of getters) stage.tell(getter, () => user[getter]);
    stage.tell("isMuted()", () => user.isMuted());
    stage.tell("isHeld()", () => user.isHeld());
    stage.tell("isConnected()", () => user.isConnected());
    stage.tell("mute()", () => user.mute());
    stage.tell("unmute()", () => user.unmute());
    for (const method of ["hangup", "answer", "decline", "hold", "unhold"] as const) {
      stage.tell(method, () => stage.follow(`${method}()`, user[method]()));
      await settle();
    }
    stage.tell("sendDTMF", () => stage.follow("sendDTMF()", user.sendDTMF("1")));
    await settle();
  },
  "a call out": async (stage) => {
    const user = await stage.connected();
    stage.follow("call()", user.call("nonsense"));
    await settle();
    stage.follow(
      "call()",
      user.call(
        "sip:bob@example.com",
        { extraHeaders: ["X-Extra: 1"] },
        { requestDelegate: { onAccept: () => stage.note("onAccept") } }
      )
    );
    await settle();
    stage.follow("call() again", user.call("sip:carol@example.com"));
    await settle();
    for (const getter of getters) stage.tell(getter, () => user[getter]);
    stage.follow("answer()", user.answer());
    stage.follow("decline()", user.decline());
    await settle();
    stage.tell("mute()", () => user.mute());
    stage.tell("isMuted()", () => user.isMuted());
    stage.tell("unmute()", () => user.unmute());
    stage.tell("isMuted()", () => user.isMuted());
    stage.follow("hold()", user.hold());
    await settle();
    stage.tell("isHeld()", () => user.isHeld());
    stage.follow("unhold()", user.unhold());
    await settle();
    stage.follow("sendDTMF()", user.sendDTMF("1"));
    await settle();
    stage.follow("sendDTMF(x)", user.sendDTMF("x"));
    await settle();
    await stage.receive("INFO", {
      ...stage.within(),
      headers: ["Content-Type: application/dtmf-relay"],
      body: "Signal=1\r\nDuration=250"
    });
    stage.follow("hangup()", user.hangup());
    await settle();
    stage.follow("call()", user.call("sip:carol@example.com"));
    await settle();
    await stage.receive("BYE", stage.within());
  },
  "a call out that fails": async (stage) => {
    const user = await stage.connected();
    stage.answer = (message) =>
      /^INVITE/.test(message) ? reply(message, 486) : stage.usual(message);
    stage.follow("call()", user.call("sip:bob@example.com"));
    await settle();
    stage.media.refuse();
    stage.follow("call()", user.call("sip:bob@example.com"));
    await settle();
    stage.follow("hangup()", user.hangup());
    await settle();
  },
  "two calls out at once": async (stage) => {
    const user = await stage.connected();
    stage.follow("call()", user.call("sip:bob@example.com"));
    stage.follow("call() again", user.call("sip:carol@example.com"));
    await settle();
    stage.follow("hangup()", user.hangup());
    await settle();
  },
  "calls in": async (stage) => {
    const user = await stage.connected();
    await stage.receiveCall();
    await stage.receiveCall();
    stage.follow("call()", user.call("sip:carol@example.com"));
    stage.follow("answer()", user.answer({ extraHeaders: ["X-Extra: 1"] }));
    await settle();
    stage.follow("answer() again", user.answer());
    await settle();
    stage.follow("hangup()", user.hangup());
    await settle();
    await stage.receiveCall();
    stage.follow("decline()", user.decline());
    await settle();
    await stage.receiveCall();
    stage.follow("hangup()", user.hangup());
    await settle();
    stage.follow("decline()", user.decline());
    await settle();
  },
  "a call in for nobody": async (stage) => {
    await stage.connected({ delegate: undefined });
    await stage.receiveCall();
    await stage.receive("MESSAGE", { body: "hi" });
  },
  messages: async (stage) => {
    const user = await stage.connected();
    stage.follow("message()", user.message("nonsense", "hi"));
    stage.follow("message()", user.message("sip:bob@example.com", "hi"));
    await settle();
    await stage.receive("MESSAGE", { body: "hello" });
    await stage.receive("NOTIFY", {
      body: "note",
      headers: ["Event: x", "Subscription-State: active"]
    });
  },
  registering: async (stage) => {
    const user = await stage.connected({
      registererOptions: { extraHeaders: ["X-Extra: always"] }
    });
    stage.follow("unregister()", user.unregister());
    await settle();
    stage.follow("register()", user.register({ requestOptions: { extraHeaders: ["X-Extra: 1"] } }));
    await settle();
    stage.follow(
      "unregister()",
      user.unregister({ requestOptions: { extraHeaders: ["X-Extra: 2"] } })
    );
    await settle();
    stage.follow("disconnect()", user.disconnect());
    await settle();
    stage.tell("isConnected()", () => user.isConnected());
  },
  "registering before connecting": async (stage) => {
    const user = stage.makeUser();
    stage.follow("register()", user.register());
    await settle();
    stage.follow("connect()", user.connect());
    await settle();
  },
  "a lost connection": async (stage) => {
    const user = await stage.connected();
    stage.follow("call()", user.call("sip:bob@example.com"));
    await settle();
    stage.refuse(2);
    stage.transport.lose();
    await pass(20);
    stage.follow("call()", user.call("sip:bob@example.com"));
    await settle();
  },
  "another delegate": async (stage) => {
    const user = await stage.connected();
    user.delegate = { onCallReceived: () => stage.note("other onCallReceived") };
    await stage.receiveCall();
    user.delegate = undefined;
    stage.follow("hangup()", user.hangup());
    await settle();
  },
  media: async (stage) => {
    const user = await stage.connected({
      sendDTMFUsingSessionDescriptionHandler: true,
      media: {
        constraints: { audio: true, video: true },
        local: { video: stage.element("local video") },
        remote: { audio: stage.element("remote audio") }
      }
    });
    stage.follow("call()", user.call("sip:bob@example.com"));
    await settle();
    for (const getter of getters) stage.tell(getter, () => user[getter]);
    stage.follow("sendDTMF()", user.sendDTMF("1"));
    await settle();
    stage.follow("hangup()", user.hangup());
    await settle();
    for (const getter of getters) stage.tell(getter, () => user[getter]);
  },
  "being transferred": async (stage) => {
    const user = await stage.connected();
    stage.follow("call()", user.call("sip:bob@example.com"));
    await settle();
    await stage.receive("REFER", {
      ...stage.within(),
      headers: ["Refer-To: <sip:carol@example.com>"]
    });
    await settle();
    stage.follow("hangup()", user.hangup());
    await settle();
    stage.follow("hangup()", user.hangup());
    await settle();
  }
};

async function play(library: Library, name: string): Promise<string[]> {
  const stage = new UserStage(library);
  await scripts[name](stage);
  const log = [...stage.log];
  stage.end();
  await pass(100);
  return log;
}

describe("SimpleUser does what SIP.js's does", () => {
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
