import { reply, sdp } from "../support/message-text.js";
import type { Script, Stage, StageOptions } from "./stage.js";

/** With 100rel (RFC 3262) as each of the two is configured for it. */
function with100rel(
  alice: "Required" | "Supported" | "Unsupported",
  bob: "Required" | "Supported" | "Unsupported",
  script: (stage: Stage) => Promise<void>
): Script {
  const options: StageOptions = {
    alice: { sipExtension100rel: alice as never },
    bob: { sipExtension100rel: bob as never }
  };
  return Object.assign(script, { options });
}

const contact = (name: string): string => `Contact: <sip:${name}@peer.invalid>`;

/** Reliable provisional responses. */
export const reliable: { [name: string]: Script } = {
  "the caller requires 100rel": with100rel("Required", "Unsupported", async ({ alice, bob }) => {
    await alice.calls("bob");
    await bob.does("progress()", () => bob.invitation.progress());
    await bob.does("progress()", () => bob.invitation.progress());
    await bob.does("accept()", () => bob.invitation.accept());
    await bob.does("bye()", () => bob.invitation.bye());
  }),
  "both support 100rel, and the callee asks for it": with100rel(
    "Supported",
    "Supported",
    async ({ alice, bob }) => {
      await alice.calls("bob");
      await bob.does("progress()", () => bob.invitation.progress());
      await bob.does("progress(rel100)", () => bob.invitation.progress({ rel100: true }));
      await bob.does("progress(rel100)", () => bob.invitation.progress({ rel100: true }));
      await bob.does("accept()", () => bob.invitation.accept());
    }
  ),
  "the callee requires 100rel": with100rel("Supported", "Required", async ({ alice, bob }) => {
    await alice.calls("bob");
    await bob.does("progress()", () => bob.invitation.progress());
    await bob.does("accept()", () => bob.invitation.accept());
  }),
  "the callee requires what the caller does not support": with100rel(
    "Unsupported",
    "Required",
    async ({ alice, bob }) => {
      await alice.calls("bob");
      await bob.does("progress(rel100)", () => bob.invitation.progress({ rel100: true }));
      await bob.does("accept()", () => bob.invitation.accept());
    }
  ),
  "the callee does not support what he asks for": with100rel(
    "Supported",
    "Unsupported",
    async ({ alice, bob }) => {
      await alice.calls("bob");
      await bob.does("progress(rel100)", () => bob.invitation.progress({ rel100: true }));
      await bob.does("accept()", () => bob.invitation.accept());
    }
  ),
  "reliable responses of each kind": with100rel("Required", "Supported", async ({ alice, bob }) => {
    await alice.calls("bob");
    for (const statusCode of [100, 180, 181, 183]) {
      await bob.does(`progress(${statusCode})`, () => bob.invitation.progress({ statusCode }));
    }
    await bob.does("accept()", () => bob.invitation.accept());
  }),
  "a reliable response with a body": with100rel("Required", "Supported", async ({ alice, bob }) => {
    await alice.calls("bob");
    const body = { body: "v=0\r\ns=own\r\n", contentType: "application/sdp" };
    await bob.does("progress(body)", () => bob.invitation.progress({ statusCode: 183, body }));
    await bob.does("accept()", () => bob.invitation.accept());
  }),
  "a reliable response with another body": with100rel(
    "Required",
    "Supported",
    async ({ alice, bob }) => {
      await alice.calls("bob");
      const body = { body: "hi", contentType: "text/plain" };
      await bob.does("progress(body)", () => bob.invitation.progress({ statusCode: 180, body }));
      await bob.does("accept()", () => bob.invitation.accept());
    }
  ),
  "early media, reliable": with100rel("Required", "Supported", async ({ alice, bob }) => {
    await alice.calls("bob", { earlyMedia: true });
    await bob.does("progress()", () => bob.invitation.progress());
    await bob.does("accept()", () => bob.invitation.accept());
    await alice.does("bye()", () => alice.inviter.bye());
  }),
  "an INVITE without an offer, answered in the PRACK": with100rel(
    "Required",
    "Supported",
    async ({ alice, bob }) => {
      await alice.calls("bob", { inviteWithoutSdp: true });
      await bob.does("progress()", () => bob.invitation.progress());
      await bob.does("accept()", () => bob.invitation.accept());
      await alice.does("invite()", () => alice.inviter.invite());
      await alice.does("bye()", () => alice.inviter.bye());
    }
  ),
  "the same, rejected": with100rel("Required", "Supported", async ({ alice, bob }) => {
    await alice.calls("bob", { inviteWithoutSdp: true });
    await bob.does("progress()", () => bob.invitation.progress());
    await bob.does("reject()", () => bob.invitation.reject());
  }),
  "the same, cancelled": with100rel("Required", "Supported", async ({ alice, bob }) => {
    await alice.calls("bob", { inviteWithoutSdp: true });
    await bob.does("progress()", () => bob.invitation.progress());
    await alice.does("cancel()", () => alice.inviter.cancel());
  }),
  "accept() while the PRACK is awaited": with100rel("Required", "Supported", async (stage) => {
    const { alice, bob } = stage;
    await alice.calls("bob");
    await bob.does("progress() and accept()", () => {
      bob.tries("progress()", () => bob.invitation.progress());
      return bob.invitation.accept();
    });
  }),
  "accept() while the PRACK of an offer is awaited": with100rel(
    "Required",
    "Supported",
    async (stage) => {
      const { alice, bob } = stage;
      await alice.calls("bob", { inviteWithoutSdp: true });
      stage.hold = true;
      await bob.does("progress()", () => bob.invitation.progress());
      await bob.does("progress()", () => bob.invitation.progress());
      await bob.does("accept()", () => bob.invitation.accept());
      await bob.does("progress()", () => bob.invitation.progress());
      stage.hold = false;
      await stage.settle();
    }
  ),
  "accept() while the PRACK is on its way": with100rel("Required", "Supported", async (stage) => {
    const { alice, bob } = stage;
    await alice.calls("bob");
    stage.hold = true;
    await bob.does("progress()", () => bob.invitation.progress());
    await bob.does("progress()", () => bob.invitation.progress());
    await bob.does("accept()", () => bob.invitation.accept());
    stage.hold = false;
    await stage.settle();
  }),
  "reject() while the PRACK is awaited": with100rel("Required", "Supported", async (stage) => {
    const { alice, bob } = stage;
    await alice.calls("bob");
    stage.hold = true;
    await bob.does("progress()", () => bob.invitation.progress());
    await bob.does("reject()", () => bob.invitation.reject());
    stage.hold = false;
    await stage.settle();
  }),
  "CANCEL while the PRACK is awaited": with100rel("Required", "Supported", async (stage) => {
    const { alice, bob } = stage;
    await alice.calls("bob");
    stage.loses = (message) => message.startsWith("PRACK");
    await bob.does("progress()", () => bob.invitation.progress());
    await alice.does("cancel()", () => alice.inviter.cancel());
  }),
  "CANCEL while accept() awaits the PRACK": with100rel("Required", "Supported", async (stage) => {
    const { alice, bob } = stage;
    await alice.calls("bob");
    stage.loses = (message) => message.startsWith("PRACK");
    await bob.does("progress()", () => bob.invitation.progress());
    await bob.does("accept()", () => bob.invitation.accept());
    await alice.does("cancel()", () => alice.inviter.cancel());
  }),
  "the offer in a reliable response cannot be answered": with100rel(
    "Required",
    "Supported",
    async (stage) => {
      const { alice, bob } = stage;
      stage.loses = (message) => message.startsWith("CANCEL");
      alice.failing = { set: new Error("No.") };
      await alice.calls("bob", { inviteWithoutSdp: true });
      await bob.does("progress()", () => bob.invitation.progress());
    }
  ),
  "the answer in the PRACK cannot be applied": with100rel(
    "Required",
    "Supported",
    async ({ alice, bob }) => {
      await alice.calls("bob", { inviteWithoutSdp: true });
      bob.failing = { set: new Error("No.") };
      await bob.does("progress()", () => bob.invitation.progress());
      await bob.does("accept()", () => bob.invitation.accept());
    }
  ),
  "no description for a reliable response": with100rel(
    "Required",
    "Supported",
    async ({ alice, bob }) => {
      await alice.calls("bob");
      bob.failing = { get: new Error("No.") };
      await bob.does("progress()", () => bob.invitation.progress());
    }
  ),
  "reliable early dialogs of a fork": with100rel("Supported", "Supported", async (stage) => {
    const { alice } = stage;
    stage.loses = () => true;
    await alice.calls("carol");
    const invite = alice.transport.last;
    for (const toTag of ["one", "two"]) {
      const headers = ["Require: 100rel", "RSeq: 1", contact(toTag), ...sdp];
      await alice.receives(reply(invite, 183, { toTag, headers, body: `s=${toTag}` }));
    }
    const headers = [contact("two"), ...sdp];
    await alice.receives(reply(invite, 200, { toTag: "two", headers, body: "s=two" }));
  }),
  "reliable early dialogs of a fork, each with an offer": with100rel(
    "Supported",
    "Supported",
    async (stage) => {
      const { alice } = stage;
      stage.loses = () => true;
      await alice.calls("carol", { inviteWithoutSdp: true });
      const invite = alice.transport.last;
      for (const toTag of ["one", "two"]) {
        const headers = ["Require: 100rel", "RSeq: 1", contact(toTag), ...sdp];
        await alice.receives(reply(invite, 183, { toTag, headers, body: `s=${toTag}` }));
      }
      const headers = [contact("two")];
      await alice.receives(reply(invite, 200, { toTag: "two", headers }));
      await alice.does("bye()", () => alice.inviter.bye());
    }
  ),
  "a fork with offers, cancelled": with100rel("Supported", "Supported", async (stage) => {
    const { alice } = stage;
    stage.loses = () => true;
    await alice.calls("carol", { inviteWithoutSdp: true });
    const invite = alice.transport.last;
    for (const toTag of ["one", "two"]) {
      const headers = ["Require: 100rel", "RSeq: 1", contact(toTag), ...sdp];
      await alice.receives(reply(invite, 183, { toTag, headers, body: `s=${toTag}` }));
    }
    await alice.does("cancel()", () => alice.inviter.cancel());
    await alice.receives(reply(invite, 487, { toTag: "two" }));
  }),
  "a reliable response sent again, and one out of order": with100rel(
    "Supported",
    "Supported",
    async (stage) => {
      const { alice } = stage;
      stage.loses = () => true;
      await alice.calls("carol");
      const invite = alice.transport.last;
      for (const rseq of [1, 1, 3, 2]) {
        const headers = ["Require: 100rel", `RSeq: ${rseq}`, contact("one")];
        await alice.receives(reply(invite, 180, { toTag: "one", headers }));
      }
    }
  ),
  "early media from two, not reliable": with100rel("Supported", "Supported", async (stage) => {
    const { alice } = stage;
    stage.loses = () => true;
    await alice.calls("carol", { earlyMedia: true });
    const invite = alice.transport.last;
    for (const toTag of ["one", "two"]) {
      const headers = [contact(toTag), ...sdp];
      await alice.receives(reply(invite, 183, { toTag, headers, body: `s=${toTag}` }));
    }
    const headers = [contact("two"), ...sdp];
    await alice.receives(reply(invite, 200, { toTag: "two", headers, body: "s=two" }));
  })
};
