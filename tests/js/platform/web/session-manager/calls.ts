import { reply } from "../../../api/support/message-text.js";
import { settle } from "../support/manager-stage.js";
import type { ManagerStage } from "../support/manager-stage.js";
import { calling, connected } from "./parties.js";

/** Calls, until they are answered. */
export const calls: { [name: string]: (stage: ManagerStage) => Promise<void> } = {
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
  }
};
