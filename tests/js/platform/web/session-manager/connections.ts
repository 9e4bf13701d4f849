import { vi } from "vitest";
import { FakeHandler } from "../../../api/support/fake-handler.js";
import { reply } from "../../../api/support/message-text.js";
import { pass, settle } from "../support/manager-stage.js";
import type { ManagerStage } from "../support/manager-stage.js";
import { calling, connected } from "./parties.js";

/** Connections, registrations and options. */
export const connections: { [name: string]: (stage: ManagerStage) => Promise<void> } = {
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
  }
};
