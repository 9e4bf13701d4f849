import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as Reference from "sip.js";
import * as Ours from "../../../../js/index.js";
import { FakeHandler } from "../../api/support/fake-handler.js";
import { reply, header } from "../../api/support/message-text.js";
import { ManagerStage, pass, settle } from "./support/manager-stage.js";
import type { Library } from "./support/manager-stage.js";

async function connected(stage: ManagerStage, options: Ours.Web.SessionManagerOptions = {}) {
  const manager = stage.make(options);
  await manager.connect();
  await settle();
  return manager;
}

async function calling(stage: ManagerStage, options: Ours.Web.SessionManagerOptions = {}) {
  const manager = await connected(stage, options);
  stage.follow("call()", manager.call("sip:bob@example.com"));
  await settle();
  return manager;
}

const scripts: { [name: string]: (stage: ManagerStage) => Promise<void> } = {
  "bad options": async (stage) => {
    stage.tell(
      "no aor",
      () =>
        new stage.library.Web.SessionManager("wss://x", {
          aor: "nonsense",
          userAgentOptions: stage.userAgentOptions()
        })
    );
    stage.make({ aor: undefined });
    stage.note(String(stage.manager.userAgent.configuration.uri.host));
    stage.note(String(stage.manager.userAgent.configuration.displayName));
    stage.note(
      String(stage.manager.userAgent.configuration.uri).replace(/anonymous\.\w+/, "anonymous.x")
    );
    stage.make({ optionsPingInterval: 10, optionsPingRequestURI: "nonsense" });
    stage.follow("connect()", stage.manager.connect());
    await settle();
    stage.make({ optionsPingInterval: 10, aor: undefined });
    stage.follow("connect()", stage.manager.connect());
    await pass(20);
  },
  "connecting and disconnecting": async (stage) => {
    const manager = stage.make();
    stage.tell("isConnected()", () => manager.isConnected());
    stage.follow("disconnect()", manager.disconnect());
    await settle();
    stage.follow("connect()", manager.connect());
    await settle();
    stage.tell("isConnected()", () => manager.isConnected());
    stage.follow("connect() again", manager.connect());
    await settle();
    stage.follow("disconnect()", manager.disconnect());
    await settle();
    stage.tell("isConnected()", () => manager.isConnected());
    stage.follow("connect() after disconnect()", manager.connect());
    await settle();
  },
  "a server that refuses": async (stage) => {
    const manager = stage.make();
    stage.refuse(2);
    stage.follow("connect()", manager.connect());
    await settle();
    await pass(4);
    await pass(4);
    await pass(4);
    stage.follow("connect()", manager.connect());
    await settle();
  },
  "a lost connection": async (stage) => {
    await connected(stage);
    stage.transport.lose();
    await settle();
    await pass(5);
    stage.refuse(2);
    stage.transport.lose();
    await settle();
    await pass(3.9);
    stage.note("3.9 s");
    await pass(0.2);
    stage.note("4.1 s");
    await pass(4);
    stage.note("8.1 s");
    await pass(4);
    stage.note("12 s");
  },
  "a connection that is lost for good, until the browser is online again": async (stage) => {
    await connected(stage, { reconnectionAttempts: 2, reconnectionDelay: 1 });
    stage.refuse(100);
    stage.transport.lose();
    await settle();
    await pass(10);
    stage.refuse(0);
    stage.note("online");
    stage.window.dispatchEvent(new Event("online"));
    await settle();
    stage.note("online");
    stage.window.dispatchEvent(new Event("online"));
    await settle();
    await stage.manager.disconnect();
    stage.note("online");
    stage.window.dispatchEvent(new Event("online"));
    await settle();
  },
  "disconnecting while attempting to reconnect": async (stage) => {
    const manager = await connected(stage);
    stage.refuse(100);
    stage.transport.lose();
    await settle();
    stage.follow("disconnect()", manager.disconnect());
    await settle();
    await pass(10);
  },
  "a lost connection after the user has unregistered": async (stage) => {
    const manager = await connected(stage);
    stage.follow("register()", manager.register());
    await pass(4);
    stage.follow("unregister()", manager.unregister());
    await pass(4);
    stage.transport.lose();
    await pass(4);
  },
  "a lost connection with no attempts": async (stage) => {
    await connected(stage, { reconnectionAttempts: 0 });
    stage.transport.lose();
    await pass(10);
  },
  "leaving the page": async (stage) => {
    const manager = await connected(stage);
    stage.follow("register()", manager.register());
    await settle();
    stage.note("beforeunload");
    stage.window.dispatchEvent(new Event("beforeunload"));
    await settle();
    await pass(10);
  },
  "leaving the page without autoStop": async (stage) => {
    await connected(stage, { autoStop: false });
    stage.window.dispatchEvent(new Event("beforeunload"));
    await settle();
    await pass(10);
  },
  registering: async (stage) => {
    const manager = await connected(stage);
    stage.follow("unregister()", manager.unregister());
    await settle();
    stage.follow(
      "register()",
      manager.register({ requestOptions: { extraHeaders: ["X-Extra: 1"] } })
    );
    await settle();
    stage.follow("register() again", manager.register());
    await settle();
    stage.follow("unregister()", manager.unregister());
    await settle();
    stage.follow("unregister() again", manager.unregister());
    await settle();
    stage.follow("register()", manager.register());
    await settle();
    stage.follow("disconnect()", manager.disconnect());
    await settle();
    await pass(5);
  },
  "registered, then disconnected and connected again": async (stage) => {
    const manager = await connected(stage);
    stage.follow("register()", manager.register());
    await settle();
    stage.follow("disconnect()", manager.disconnect());
    await pass(5);
    stage.follow("connect()", manager.connect());
    await pass(5);
  },
  "options that are undefined": async (stage) => {
    const delegate = {
      onConnect: () => stage.note("own onConnect"),
      onInvite: () => stage.note("own onInvite")
    };
    const manager = stage.make({
      reconnectionAttempts: undefined,
      reconnectionDelay: undefined,
      maxSimultaneousSessions: undefined,
      userAgentOptions: { delegate, displayName: "Alice" }
    });
    stage.note(JSON.stringify(Object.keys((stage.transport as any).options)));
    stage.note(String((stage.transport as any).options.server));
    stage.note(
      Object.keys(stage.manager.userAgent.delegate ?? {})
        .sort()
        .join()
    );
    stage.note(stage.manager.userAgent.configuration.displayName);
    stage.note(
      JSON.stringify(stage.manager.userAgent.configuration.sessionDescriptionHandlerFactoryOptions)
    );
    await manager.connect();
    await stage.receiveCall();
    stage.refuse(1);
    stage.transport.lose();
    await pass(5);
  },
  "a server for the transport": async (stage) => {
    vi.stubGlobal(
      "WebSocket",
      class extends EventTarget {
        constructor(url: string) {
          super();
          stage.note(url);
        }
        close(): void {}
      }
    );
    for (const transportOptions of [undefined, { server: "wss://other.example.com" }]) {
      stage.tell("connect()", () => {
        const userAgentOptions = { logBuiltinEnabled: false, transportOptions };
        const manager = new stage.library.Web.SessionManager("wss://x.example.com", {
          userAgentOptions
        });
        void manager.connect().catch(() => undefined);
      });
    }
    await pass(6);
  },
  "a handler that is not of the web": async (stage) => {
    const manager = await connected(stage, {
      sendDTMFUsingSessionDescriptionHandler: true,
      userAgentOptions: {
        sessionDescriptionHandlerFactory: () =>
          Object.assign(new FakeHandler("alice"), { sendDtmf: () => false })
      }
    });
    await stage.receiveCall();
    const session = stage.session;
    stage.follow("sendDTMF()", manager.sendDTMF(session, "1"));
    await settle();
    stage.follow("answer()", manager.answer(session));
    await settle();
    stage.tell("getLocalMediaStream", () => manager.getLocalMediaStream(session));
    stage.tell("getRemoteMediaStream", () => manager.getRemoteMediaStream(session));
    stage.tell("getLocalAudioTrack", () => manager.getLocalAudioTrack(session));
    stage.tell("mute()", () => manager.mute(session));
    stage.tell("isMuted()", () => manager.isMuted(session));
    stage.follow("hold()", manager.hold(session));
    await settle();
    stage.follow("sendDTMF()", manager.sendDTMF(session, "1"));
    await settle();
    stage.follow("sendDTMF(,)", manager.sendDTMF(session, ","));
    await settle();
    stage.follow("hangup()", manager.hangup(session));
    await settle();
  },
  "media elements without a remote stream": async (stage) => {
    const manager = await connected(stage, {
      media: { local: {}, remote: {} }
    });
    stage.follow("call()", manager.call("sip:bob@example.com"));
    await settle();
    stage.note(Object.keys(manager.managedSessions[0]).sort().join());
    stage.follow("hangup()", manager.hangup(stage.session));
    await settle();
  },
  "early media": async (stage) => {
    const manager = await connected(stage);
    stage.answer = (message) =>
      /^INVITE/.test(message)
        ? reply(message, 183, {
            headers: ["Content-Type: application/sdp", "Contact: <sip:peer@peer.invalid>"],
            body: stage.offer()
          })
        : stage.usual(message);
    stage.follow("call()", manager.call("sip:bob@example.com"));
    await settle();
    stage.note(stage.media.latest.calls.join());
    stage.follow("hold()", manager.hold(stage.session));
    await settle();
    stage.tell("mute()", () => manager.mute(stage.session));
    stage.follow("sendDTMF()", manager.sendDTMF(stage.session, "1"));
    await settle();
    stage.follow("answer()", manager.answer(stage.session));
    stage.follow("decline()", manager.decline(stage.session));
    await settle();
    stage.follow("hangup()", manager.hangup(stage.session));
    stage.follow("hangup()", manager.hangup(stage.session));
    await settle();
  },
  "a delegate in the delegate": async (stage) => {
    await connected(stage, {
      delegate: {
        onCallCreated: (session) => {
          stage.session = session;
          stage.note(
            Object.keys(session.delegate ?? {})
              .sort()
              .join()
          );
          stage.note(`${stage.manager.managedSessions.length} managed`);
        }
      }
    });
    stage.follow("call()", stage.manager.call("sip:bob@example.com"));
    await settle();
    stage.note(`${stage.manager.delegate === undefined}`);
  },
  "a delegate that throws": async (stage) => {
    const manager = await connected(stage, {
      delegate: {
        onCallCreated: (session) => void (stage.session = session),
        onCallHold: () => {
          throw new Error("Delegate.");
        },
        onCallAnswered: () => stage.note("onCallAnswered")
      }
    });
    stage.follow("call()", manager.call("sip:bob@example.com"));
    await settle();
    stage.note(stage.session.state);
  },
  "more transfers than calls allowed": async (stage) => {
    const manager = await calling(stage, { maxSimultaneousSessions: 1 });
    await stage.receive("REFER", {
      ...stage.within(),
      headers: ["Refer-To: <sip:carol@example.com>"]
    });
    const [first] = manager.managedSessions;
    void first;
    stage.note(`${manager.managedSessions.length} managed`);
    await stage.receive("REFER", {
      ...stage.within(),
      headers: ["Refer-To: <sip:dave@example.com>"]
    });
    stage.note(`${manager.managedSessions.length} managed`);
  },
  "registering before connecting": async (stage) => {
    const manager = stage.make({
      registererRegisterOptions: { requestOptions: { extraHeaders: ["X-Extra: auto"] } }
    });
    stage.follow("register()", manager.register());
    await settle();
    stage.follow("connect()", manager.connect());
    await settle();
    await pass(5);
  },
  "a registrar that refuses": async (stage) => {
    const manager = await connected(stage, { registererOptions: { expires: 300 } });
    stage.answer = (message) =>
      /^REGISTER/.test(message) ? reply(message, 403) : stage.usual(message);
    stage.follow("register()", manager.register());
    await settle();
  },
  "a guard of registration": async (stage) => {
    let blocks = true;
    const manager = await connected(stage, {
      registrationRetry: true,
      registerGuard: async () => {
        stage.note("registerGuard");
        return blocks;
      }
    });
    stage.follow("register()", manager.register());
    await settle();
    await pass(5);
    blocks = false;
    await pass(5);
    stage.follow("register()", manager.register());
    await settle();
    await pass(5);
  },
  "a guard of registration that fails": async (stage) => {
    const manager = await connected(stage, {
      registerGuard: async () => {
        throw new Error("Guard.");
      }
    });
    stage.follow("register()", manager.register());
    await settle();
    await pass(5);
  },
  pings: async (stage) => {
    const manager = await connected(stage, { optionsPingInterval: 10 });
    await pass(10);
    stage.note("10 s");
    await pass(10);
    stage.note("20 s");
    stage.answer = (message) =>
      /^OPTIONS/.test(message) ? reply(message, 404) : stage.usual(message);
    await pass(10);
    stage.note("30 s");
    stage.answer = (message) =>
      /^OPTIONS/.test(message) ? reply(message, 503) : stage.usual(message);
    await pass(10);
    stage.note("40 s");
    stage.answer = (message) => stage.usual(message);
    await pass(10);
    stage.note("50 s");
    await pass(10);
    stage.follow("disconnect()", manager.disconnect());
    await settle();
    await pass(20);
  },
  "pings without an answer, to an address of its own": async (stage) => {
    await connected(stage, {
      optionsPingInterval: 10,
      optionsPingRequestURI: "sip:ping@example.com"
    });
    stage.answer = (message) => (/^OPTIONS/.test(message) ? undefined : stage.usual(message));
    await pass(10);
    stage.note("10 s");
    await pass(31);
    stage.note("41 s");
    await pass(2);
    stage.note("43 s");
    await pass(15);
  },
  "a call to nowhere": async (stage) => {
    const manager = await connected(stage);
    stage.follow("call()", manager.call("nonsense"));
    await settle();
  },
  "a call out": async (stage) => {
    const manager = await calling(stage);
    stage.note(`${manager.managedSessions.length} managed`);
    stage.follow("hangup()", manager.hangup(stage.session));
    await settle();
    stage.note(`${manager.managedSessions.length} managed`);
    stage.follow("hangup() again", manager.hangup(stage.session));
    await settle();
  },
  "calls with options": async (stage) => {
    const manager = await connected(stage, {
      media: { constraints: { audio: true, video: true } }
    });
    stage.follow(
      "call()",
      manager.call(
        "sip:bob@example.com",
        {
          extraHeaders: ["X-Extra: 1"],
          earlyMedia: true,
          sessionDescriptionHandlerOptions: { constraints: { audio: true } } as never
        },
        {
          requestDelegate: { onAccept: () => stage.note("onAccept") }
        }
      )
    );
    await settle();
    stage.note(JSON.stringify(stage.media.requests));
    stage.follow("call()", manager.call("sip:carol@example.com", {}, { withoutSdp: true }));
    await settle();
    stage.note(JSON.stringify(stage.media.requests));
  },
  "a call out, hung up while it rings": async (stage) => {
    const manager = await connected(stage);
    stage.answer = (message) =>
      /^INVITE/.test(message) ? reply(message, 180) : stage.usual(message);
    stage.follow("call()", manager.call("sip:bob@example.com"));
    await settle();
    stage.follow("hangup()", manager.hangup(stage.session));
    await settle();
    stage.transport.receive(reply(stage.lastSent("INVITE"), 487));
    await settle();
  },
  "a call out, hung up at once": async (stage) => {
    const manager = await connected(stage);
    manager.call("sip:bob@example.com").catch(() => stage.note("call() rejected"));
    stage.tell("hangup", () => stage.follow("hangup()", manager.hangup(stage.session)));
    await settle();
  },
  "a call out, refused": async (stage) => {
    stage.answer = (message) =>
      /^INVITE/.test(message) ? reply(message, 486) : stage.usual(message);
    await calling(stage);
  },
  "a call out without a microphone": async (stage) => {
    stage.media.refuse();
    await calling(stage);
  },
  "a call out, ended by the peer": async (stage) => {
    const manager = await calling(stage);
    await stage.receive("BYE", stage.within());
    stage.note(`${manager.managedSessions.length} managed`);
  },
  "a call in, answered": async (stage) => {
    const manager = await connected(stage);
    const invite = await stage.receiveCall();
    stage.follow("answer()", manager.answer(stage.session, { extraHeaders: ["X-Extra: 1"] }));
    await settle();
    stage.note(JSON.stringify(stage.media.requests));
    void invite;
    stage.follow("answer() again", manager.answer(stage.session));
    await settle();
    stage.follow("decline()", manager.decline(stage.session));
    await settle();
    stage.follow("hangup()", manager.hangup(stage.session));
    await settle();
  },
  "a call in, declined": async (stage) => {
    const manager = await connected(stage);
    await stage.receiveCall();
    stage.follow("decline()", manager.decline(stage.session));
    await settle();
    stage.follow("answer()", manager.answer(stage.session));
    stage.follow("decline()", manager.decline(stage.session));
    await settle();
  },
  "a call in, hung up before it is answered": async (stage) => {
    const manager = await connected(stage);
    await stage.receiveCall();
    stage.follow("hangup()", manager.hangup(stage.session));
    await settle();
  },
  "a call in, cancelled": async (stage) => {
    await connected(stage);
    const invite = await stage.receiveCall();
    stage.transport.receive(
      invite.replace(/^INVITE/, "CANCEL").replace(/CSeq: 1 INVITE/, "CSeq: 1 CANCEL")
    );
    await settle();
  },
  "a call in for nobody": async (stage) => {
    await connected(stage, { delegate: undefined });
    await stage.receiveCall();
    await stage.receive("MESSAGE", { body: "hi" });
    await stage.receive("NOTIFY", {
      body: "hi",
      headers: ["Event: x", "Subscription-State: active"]
    });
  },
  "more calls than allowed": async (stage) => {
    const manager = await connected(stage);
    for (let i = 0; i < 4; i++) {
      await stage.receiveCall();
      stage.note(`${manager.managedSessions.length} managed`);
    }
    stage.follow("call()", manager.call("sip:bob@example.com"));
    await settle();
    stage.note(`${manager.managedSessions.length} managed`);
  },
  "one call allowed": async (stage) => {
    const manager = await connected(stage, { maxSimultaneousSessions: 1 });
    await stage.receiveCall();
    await stage.receiveCall();
    stage.follow("call()", manager.call("sip:bob@example.com"));
    await settle();
    stage.note(`${manager.managedSessions.length} managed`);
  },
  "any number of calls allowed": async (stage) => {
    const manager = await connected(stage, { maxSimultaneousSessions: 0 });
    for (let i = 0; i < 4; i++) await stage.receiveCall();
    stage.note(`${manager.managedSessions.length} managed`);
  },
  hold: async (stage) => {
    const manager = await calling(stage);
    stage.tell("isHeld()", () => manager.isHeld(stage.session));
    stage.follow("hold()", manager.hold(stage.session));
    stage.tell("isHeld()", () => manager.isHeld(stage.session));
    await settle();
    stage.tell("isHeld()", () => manager.isHeld(stage.session));
    stage.note(tracks(stage));
    stage.follow("hold() again", manager.hold(stage.session));
    await settle();
    stage.follow("unhold()", manager.unhold(stage.session));
    await settle();
    stage.tell("isHeld()", () => manager.isHeld(stage.session));
    stage.note(tracks(stage));
    stage.follow("unhold() again", manager.unhold(stage.session));
    await settle();
  },
  "hold and mute without a call": async (stage) => {
    const manager = await connected(stage);
    await stage.receiveCall();
    const session = stage.session;
    stage.follow("hold()", manager.hold(session));
    await settle();
    stage.tell("mute()", () => manager.mute(session));
    stage.tell("isMuted()", () => manager.isMuted(session));
    stage.tell("isHeld()", () => manager.isHeld(session));
    stage.tell("getLocalMediaStream", () => manager.getLocalMediaStream(session));
    stage.tell("getRemoteMediaStream", () => manager.getRemoteMediaStream(session));
    stage.tell("getLocalAudioTrack", () => manager.getLocalAudioTrack(session));
    stage.follow("sendDTMF()", manager.sendDTMF(session, "1"));
    stage.follow("transfer()", manager.transfer(session, "sip:carol@example.com"));
    await settle();
    stage.follow("decline()", manager.decline(session));
    await settle();
    stage.tell("isMuted()", () => manager.isMuted(session));
    stage.tell("isHeld()", () => manager.isHeld(session));
    stage.tell("mute()", () => manager.mute(session));
    stage.tell("getLocalMediaStream", () => manager.getLocalMediaStream(session));
    stage.tell("getRemoteAudioTrack", () => manager.getRemoteAudioTrack(session));
    stage.follow("hold()", manager.hold(session));
    await settle();
    stage.follow("answer()", manager.answer(session));
    stage.follow("sendDTMF()", manager.sendDTMF(session, "1"));
    stage.follow("transfer()", manager.transfer(session, "sip:carol@example.com"));
    await settle();
  },
  mute: async (stage) => {
    const manager = await calling(stage, { media: { constraints: { audio: true, video: true } } });
    stage.tell("isMuted()", () => manager.isMuted(stage.session));
    stage.tell("mute()", () => manager.mute(stage.session));
    stage.tell("isMuted()", () => manager.isMuted(stage.session));
    stage.note(tracks(stage));
    stage.tell("unmute()", () => manager.unmute(stage.session));
    stage.note(tracks(stage));
    for (const name of [
      "getLocalAudioTrack",
      "getLocalVideoTrack",
      "getRemoteAudioTrack",
      "getRemoteVideoTrack",
      "getLocalMediaStream",
      "getRemoteMediaStream"
    ] as const) {
      stage.tell(name, () => manager[name](stage.session));
    }
  },
  "hold of a muted call": async (stage) => {
    const manager = await calling(stage);
    manager.mute(stage.session);
    stage.follow("hold()", manager.hold(stage.session));
    await settle();
    stage.note(tracks(stage));
    manager.unmute(stage.session);
    stage.note(tracks(stage));
    manager.mute(stage.session);
    stage.follow("unhold()", manager.unhold(stage.session));
    await settle();
    stage.note(tracks(stage));
  },
  "DTMF out": async (stage) => {
    const manager = await calling(stage);
    for (const tone of ["1", "#", "12", "A", "x", ""]) {
      stage.follow(`sendDTMF(${tone})`, manager.sendDTMF(stage.session, tone));
      await settle();
    }
    stage.answer = (message) =>
      /^INFO/.test(message) ? reply(message, 415) : stage.usual(message);
    stage.follow(`sendDTMF(*)`, manager.sendDTMF(stage.session, "*"));
    await settle();
  },
  "DTMF out as media": async (stage) => {
    const manager = await calling(stage, { sendDTMFUsingSessionDescriptionHandler: true });
    for (const tone of ["1", "12", "x"]) {
      stage.follow(`sendDTMF(${tone})`, manager.sendDTMF(stage.session, tone));
      await settle();
    }
    stage.note(JSON.stringify(stage.media.latest.getTransceivers()[0].sender.dtmf?.inserted));
  },
  "DTMF in": async (stage) => {
    await calling(stage);
    const type = (name: string) => [`Content-Type: ${name}`];
    for (const [headers, body] of [
      [type("application/dtmf-relay"), "Signal=1\r\nDuration=250"],
      [type("application/dtmf-relay"), "Signal=#\r\nDuration=100\r\n"],
      [type("application/dtmf-relay"), "Signal= 5\r\nDuration= 160\r\n"],
      [type("application/dtmf-relay; charset=utf-8"), "Signal=2\r\nDuration=250"],
      [type("Application/DTMF-Relay"), "Signal=3\r\nDuration=250"],
      [type("application/dtmf-relay"), "Signal=x\r\nDuration=250"],
      [type("application/dtmf-relay"), "Signal=12\r\nDuration=250"],
      [type("application/dtmf-relay"), "Signal=1\r\nDuration=x"],
      [type("application/dtmf-relay"), "Signal=1"],
      [type("application/dtmf-relay"), "Duration=1\r\nSignal=1"],
      [type("application/dtmf-relay"), "signal=1\r\nduration=1"],
      [type("application/dtmf-relay"), "Signal=1\r\nDuration=12345"],
      [type("application/dtmf-relay"), "Signal=1\nDuration=250"],
      [type("application/dtmf-relay"), " Signal=1\r\nDuration=250"],
      [type("application/dtmf-relay"), "Signal =1\r\nDuration =250"],
      [type("application/dtmf-relay"), "Signal=  1\r\nDuration=  250"],
      [type("application/dtmf-relay"), "Signal=d\r\nDuration=250"],
      [type("application/dtmf-relay"), "Signal=D\r\nDuration=0"],
      [type("application/dtmf-relay"), "Signal=1x\r\nDuration=250x"],
      [type("application/dtmf-relay"), "Signal=1\r\nDuration=250\r\nMore=1"],
      [type("application/dtmf-relay"), ""],
      [type("text/plain"), "Signal=1\r\nDuration=250"],
      [[], "Signal=1\r\nDuration=250"]
    ] as [string[], string][]) {
      await stage.receive("INFO", { ...stage.within(), headers, body });
    }
  },
  "DTMF in for nobody": async (stage) => {
    await calling(stage, { delegate: { onCallCreated: (session) => (stage.session = session) } });
    await stage.receive("INFO", {
      ...stage.within(),
      headers: ["Content-Type: application/dtmf-relay"],
      body: "Signal=1\r\nDuration=250"
    });
  },
  "requests in a call": async (stage) => {
    await calling(stage);
    await stage.receive("MESSAGE", { ...stage.within(), body: "hi" });
    await stage.receive("NOTIFY", {
      ...stage.within(),
      headers: ["Event: x", "Subscription-State: active"]
    });
    await stage.receive("INVITE", {
      ...stage.within(),
      headers: ["Content-Type: application/sdp"],
      body: stage.offer("sendonly")
    });
  },
  "a blind transfer": async (stage) => {
    const manager = await calling(stage);
    stage.follow("transfer()", manager.transfer(stage.session, "nonsense"));
    await settle();
    stage.follow(
      "transfer()",
      manager.transfer(stage.session, "sip:carol@example.com", {
        requestDelegate: { onAccept: () => stage.note("onAccept") }
      })
    );
    await settle();
  },
  "an attended transfer": async (stage) => {
    const manager = await calling(stage);
    const first = stage.session;
    stage.follow("call()", manager.call("sip:carol@example.com"));
    await settle();
    stage.follow("transfer()", manager.transfer(first, stage.session));
    await settle();
  },
  "being transferred": async (stage) => {
    const manager = await calling(stage, { media: { constraints: { audio: true, video: true } } });
    await stage.receive("REFER", {
      ...stage.within(),
      headers: ["Refer-To: <sip:carol@example.com>"]
    });
    stage.note(`${manager.managedSessions.length} managed`);
    stage.note(JSON.stringify(stage.media.requests));
  },
  "being transferred after a call that came in": async (stage) => {
    const manager = await connected(stage);
    const invite = await stage.receiveCall();
    await manager.answer(stage.session);
    await settle();
    const ok = stage.transport.sent.filter((each) => /^SIP\/2.0 200/.test(each)).at(-1)!;
    await stage.receive("REFER", {
      uri: /<([^>]*)>/.exec(header(ok, "Contact"))![1],
      from: header(invite, "From"),
      to: header(ok, "To"),
      callId: header(invite, "Call-ID"),
      cseq: 2,
      headers: ["Refer-To: <sip:carol@example.com>"]
    });
    stage.note(`${manager.managedSessions.length} managed`);
  },
  messages: async (stage) => {
    const manager = await connected(stage);
    stage.follow("message()", manager.message("nonsense", "hi"));
    stage.follow("message()", manager.message("sip:bob@example.com", "hi"));
    await settle();
    await stage.receive("MESSAGE", { body: "hello", headers: ["Content-Type: text/plain"] });
    await stage.receive("NOTIFY", {
      body: "note",
      headers: ["Event: x", "Subscription-State: active"]
    });
  },
  "media elements": async (stage) => {
    const local = { video: stage.element("local video") };
    const remote = { audio: stage.element("remote audio"), video: stage.element("remote video") };
    const manager = await connected(stage, {
      media: { constraints: { audio: true, video: true }, local, remote }
    });
    stage.follow("call()", manager.call("sip:bob@example.com"));
    await settle();
    const session = manager.managedSessions[0];
    stage.note(Object.keys(session).sort().join());
    const stream = manager.getRemoteMediaStream(session.session)!;
    stage.note("a track more");
    stream.dispatchEvent(new Event("addtrack"));
    stream.onaddtrack?.(new Event("addtrack") as MediaStreamTrackEvent);
    await settle();
    stage.follow("hangup()", manager.hangup(stage.session));
    await settle();
  },
  "media elements for each call": async (stage) => {
    const manager = await connected(stage, {
      media: {
        local: () => (stage.note("local()"), { video: stage.element("local video") }),
        remote: () => (stage.note("remote()"), { audio: stage.element("remote audio") })
      }
    });
    await stage.receiveCall();
    stage.follow("answer()", manager.answer(stage.session));
    await settle();
    stage.follow("call()", manager.call("sip:bob@example.com"));
    await settle();
    stage.follow("hangup()", manager.hangup(stage.session));
    await settle();
  },
  "a factory of managed sessions": async (stage) => {
    const manager = await connected(stage, {
      managedSessionFactory: (sessionManager, session) => {
        stage.note(`factory ${sessionManager === stage.manager} ${session.state}`);
        return { held: false, muted: false, session };
      }
    });
    stage.follow("call()", manager.call("sip:bob@example.com"));
    await settle();
    const made = stage.library.Web.defaultManagedSessionFactory()(manager, stage.session);
    stage.note(
      Object.entries(made)
        .map(([key, value]) => `${key} ${typeof value}`)
        .sort()
        .join()
    );
    stage.note(String(manager.managedSessions[0].session === stage.session));
  },
  "a lost connection in a call": async (stage) => {
    const manager = await calling(stage);
    stage.transport.lose();
    await settle();
    await pass(1);
    stage.note(`${stage.session.state} ${manager.managedSessions.length} managed`);
    await pass(40);
    stage.note(`${stage.session.state} ${manager.managedSessions.length} managed`);
  },
  "disconnecting in a call": async (stage) => {
    const manager = await calling(stage);
    stage.follow("disconnect()", manager.disconnect());
    await settle();
    stage.note(`${stage.session.state} ${manager.managedSessions.length} managed`);
  },
  "not waiting for ICE after a server reflexive address": async (stage) => {
    (stage.media.options as { gather: string }).gather = "manual";
    const manager = await connected(stage, { iceStopWaitingOnServerReflexive: true });
    stage.follow("call()", manager.call("sip:bob@example.com"));
    await settle();
    const connection = stage.media.latest;
    const candidate = (type: string) => {
      stage.note(type);
      const event = Object.assign(new Event("icecandidate"), {
        candidate: { type, candidate: `typ ${type}` }
      });
      connection.dispatchEvent(event);
      connection.onicecandidate?.(event);
    };
    candidate("host");
    await settle();
    candidate("srflx");
    await settle();
    stage.note(String(manager.managedSessions.length));
  }
};

const tracks = (stage: ManagerStage) =>
  stage.media.latest
    .getTransceivers()
    .map(
      ({ kind, direction, sender, receiver }) =>
        `${kind} ${direction} ${sender.track?.enabled} ${receiver.track.enabled}`
    )
    .join(", ");

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
