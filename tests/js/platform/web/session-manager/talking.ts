import { header, reply } from "../../../api/support/message-text.js";
import { pass, settle } from "../support/manager-stage.js";
import type { ManagerStage } from "../support/manager-stage.js";
import { calling, connected } from "./parties.js";

/** What is done in a call, and beside it. */
export const talking: { [name: string]: (stage: ManagerStage) => Promise<void> } = {
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
  "an ICE restart, and hold by the session itself": async (stage) => {
    await calling(stage);
    for (const options of [{ offerOptions: { iceRestart: true } }, { hold: true }, {}]) {
      const sessionDescriptionHandlerOptions = options as object;
      stage.follow("invite()", stage.session.invite({ sessionDescriptionHandlerOptions }));
      await settle();
      stage.note(stage.media.latest.calls.filter((call) => call.includes("Offer")).join(", "));
      stage.note(tracks(stage));
    }
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
