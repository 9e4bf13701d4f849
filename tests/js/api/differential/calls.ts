import type { Script } from "./stage.js";

const text = { contentDisposition: "render", contentType: "text/plain", content: "hi" };

/** Calls, registration and what else there is of a user agent. */
export const calls: { [name: string]: Script } = {
  "a call, accepted and ended by the caller": async ({ alice, bob }) => {
    const inviter = await alice.calls("bob");
    await bob.does("accept()", () => bob.invitation.accept());
    await alice.does("bye()", () => inviter.bye({ requestDelegate: alice.delegateFor("BYE") }));
  },
  "a call without an offer, ended by the callee": async ({ alice, bob }) => {
    await alice.calls("bob", { inviteWithoutSdp: true });
    await bob.does("accept()", () => bob.invitation.accept());
    await bob.does("bye()", () => bob.invitation.bye());
  },
  "a call, rejected": async ({ alice, bob }) => {
    await alice.calls("bob");
    await bob.does("reject()", () => bob.invitation.reject({ statusCode: 486 }));
    await bob.does("accept()", () => bob.invitation.accept());
  },
  "a call, redirected": async ({ alice, bob }) => {
    await alice.calls("bob");
    await bob.does("reject()", () => bob.invitation.reject({ statusCode: 302 }));
  },
  "a call, cancelled": async ({ alice, bob }) => {
    const inviter = await alice.calls("bob");
    await alice.does("cancel()", () => inviter.cancel());
    await bob.does("accept()", () => bob.invitation.accept());
    await alice.does("cancel()", () => inviter.cancel());
  },
  "a call, cancelled before it is sent": async ({ alice }) => {
    const inviter = new alice.stage.library.Inviter(alice.userAgent, alice.uri("bob"));
    alice.watch("inviter", inviter);
    await alice.does("invite()", () => {
      alice.tries("invite()", () => inviter.invite());
      return inviter.cancel();
    });
  },
  "progress of each kind": async ({ alice, bob }) => {
    await alice.calls("bob");
    for (const statusCode of [100, 180, 181, 183, 180]) {
      await bob.does(`progress(${statusCode})`, () => bob.invitation.progress({ statusCode }));
    }
    await bob.does("accept()", () => bob.invitation.accept());
    await bob.does("progress()", () => bob.invitation.progress());
  },
  "early media": async ({ alice, bob }) => {
    await alice.calls("bob", { earlyMedia: true });
    await bob.does("progress(183)", () => bob.invitation.progress({ statusCode: 183 }));
    await bob.does("accept()", () => bob.invitation.accept());
    await bob.does("bye()", () => bob.invitation.bye());
  },
  "rejected while it is being accepted": async ({ alice, bob }) => {
    await alice.calls("bob");
    await bob.does("accept()", () => {
      bob.tries("accept()", () => bob.invitation.accept());
      return bob.invitation.reject();
    });
  },
  "accepted from within onInvite": async ({ alice, bob }) => {
    bob.onInvite = (invitation) => bob.tries("accept()", () => invitation.accept());
    await alice.calls("bob");
  },
  "rejected from within onInvite": async ({ alice, bob }) => {
    bob.onInvite = (invitation) => bob.tries("reject()", () => invitation.reject());
    await alice.calls("bob");
  },
  "requests within a session": async ({ alice, bob }) => {
    const inviter = await alice.calls("bob");
    await bob.does("accept()", () => bob.invitation.accept());
    for (const method of ["info", "message", "invite"] as const) {
      const requestDelegate = alice.delegateFor(method);
      const requestOptions = method === "invite" ? {} : { body: text };
      await alice.does(`${method}()`, () => inviter[method]({ requestDelegate, requestOptions }));
    }
    await alice.does("invite() twice", () => {
      alice.tries("first", () => inviter.invite());
      return inviter.invite();
    });
    await bob.does("invite()", () => bob.invitation.invite({ withoutSdp: true }));
  },
  "re-INVITEs that fail": async ({ alice, bob }) => {
    const inviter = await alice.calls("bob");
    await bob.does("accept()", () => bob.invitation.accept());
    const requestDelegate = alice.delegateFor("INVITE");
    bob.handlers[0].failing = { set: new Error("No.") };
    await alice.does("invite()", () => inviter.invite({ requestDelegate }));
    bob.handlers[0].failing = {};
    alice.handlers[0].failing = { get: new Error("No.") };
    await alice.does("invite()", () => inviter.invite({ requestDelegate }));
    alice.handlers[0].failing = { set: new Error("No.") };
    await alice.does("invite()", () => inviter.invite({ requestDelegate }));
  },
  "an answer that cannot be made": async ({ alice, bob }) => {
    await alice.calls("bob");
    bob.failing = { get: new Error("No.") };
    await bob.does("accept()", () => bob.invitation.accept());
  },
  "an offer that cannot be applied": async ({ alice, bob }) => {
    await alice.calls("bob");
    bob.failing = { set: new Error("No.") };
    await bob.does("accept()", () => bob.invitation.accept());
  },
  "an offer that cannot be made": async ({ alice }) => {
    alice.failing = { get: new Error("No.") };
    await alice.calls("bob");
  },
  "an offer of the callee's that cannot be made": async ({ alice, bob }) => {
    await alice.calls("bob", { inviteWithoutSdp: true });
    bob.failing = { get: new Error("No.") };
    await bob.does("accept()", () => bob.invitation.accept());
  },
  "an answer that cannot be applied": async ({ alice, bob }) => {
    alice.failing = { set: new Error("No.") };
    await alice.calls("bob");
    await bob.does("accept()", () => bob.invitation.accept());
  },
  "an offer of the callee's that cannot be applied": async ({ alice, bob }) => {
    alice.failing = { set: new Error("No.") };
    await alice.calls("bob", { inviteWithoutSdp: true });
    await bob.does("accept()", () => bob.invitation.accept());
  },
  "an answer in the ACK that cannot be applied": async ({ alice, bob }) => {
    await alice.calls("bob", { inviteWithoutSdp: true });
    bob.failing = { set: new Error("No.") };
    await bob.does("accept()", () => bob.invitation.accept());
  },
  "a description for a 183 that cannot be made": async ({ alice, bob }) => {
    await alice.calls("bob");
    bob.failing = { get: new Error("No.") };
    await bob.does("progress(183)", () => bob.invitation.progress({ statusCode: 183 }));
  },
  "early media that cannot be applied": async (stage) => {
    const { alice, bob } = stage;
    alice.failing = { set: new Error("No.") };
    stage.loses = (message) => message.startsWith("CANCEL");
    await alice.calls("bob", { earlyMedia: true });
    await bob.does("progress(183)", () => bob.invitation.progress({ statusCode: 183 }));
  },
  "a transfer": async (stage) => {
    const { alice, bob } = stage;
    // RFC 3515 section 2.4.4: the NOTIFY "MUST be sent immediately", which SIP.js leaves out.
    stage.overlooks = (message) => message.endsWith("SIP/2.0 100 Trying\r\n");
    const inviter = await alice.calls("bob");
    await bob.does("accept()", () => bob.invitation.accept());
    bob.invitation.delegate!.onRefer = (referral) => {
      bob.note(`onRefer ${referral.referTo.uri.toString()}`);
      bob.tries("referral.accept()", () => referral.accept());
    };
    const onNotify = (notification: { request: { body: string }; accept(): Promise<void> }) => {
      alice.note("onNotify");
      alice.tries("notification.accept()", () => notification.accept());
    };
    const requestDelegate = alice.delegateFor("REFER");
    await alice.does("refer()", () =>
      inviter.refer(alice.uri("carol"), { requestDelegate, onNotify: onNotify as never })
    );
    bob.invitation.delegate!.onRefer = (referral) =>
      bob.tries("referral.reject()", () => referral.reject());
    await alice.does("refer()", () => inviter.refer(alice.uri("carol"), { requestDelegate }));
  },
  registration: async ({ alice }) => {
    const registerer = new alice.stage.library.Registerer(alice.userAgent);
    registerer.stateChange.addListener((state) => alice.note(`registerer ${state}`));
    const requestDelegate = alice.delegateFor("REGISTER");
    await alice.does("register()", () => {
      alice.tries("first", () => registerer.register({ requestDelegate }));
      return registerer.register();
    });
    await alice.does("unregister()", () => registerer.unregister({ requestDelegate }));
    await alice.does("register()", () => registerer.register({ requestDelegate }));
    await alice.does("dispose()", () => registerer.dispose());
    await alice.does("register()", () => registerer.register());
  },
  "a message": async ({ alice }) => {
    const { Messager } = alice.stage.library;
    const messager = new Messager(alice.userAgent, alice.uri("bob"), "hi");
    const requestDelegate = alice.delegateFor("MESSAGE");
    await alice.does("message()", () => messager.message({ requestDelegate }));
  },
  "a lost connection": async ({ alice, bob }) => {
    const inviter = await alice.calls("bob");
    await bob.does("accept()", () => bob.invitation.accept());
    await alice.does("loses the connection", () => alice.transport.lose());
    await alice.calls("bob");
    await alice.does("reconnect()", () => alice.userAgent.reconnect());
    const requestDelegate = alice.delegateFor("INFO");
    await alice.does("info()", () => inviter.info({ requestDelegate }));
  },
  "stopping in a call": async ({ alice, bob }) => {
    await alice.calls("bob");
    await bob.does("accept()", () => bob.invitation.accept());
    await alice.does("stop()", () => alice.userAgent.stop());
    await alice.does("start()", () => alice.userAgent.start());
  },
  "stopping while ringing": async ({ alice, bob }) => {
    await alice.calls("bob");
    await bob.does("stop()", () => bob.userAgent.stop());
    await alice.does("stop()", () => alice.userAgent.stop());
  },
  "disposing of sessions": async ({ alice, bob }) => {
    const inviter = await alice.calls("bob");
    await bob.does("accept()", () => bob.invitation.accept());
    await alice.does("dispose()", () => inviter.dispose());
    const second = await alice.calls("bob");
    await alice.does("dispose()", () => second.dispose());
    await alice.calls("bob");
    await bob.does("dispose()", () => bob.invitation.dispose());
  }
};
