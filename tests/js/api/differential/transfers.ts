import { inDialog, reply, request, sdp } from "../support/message-text.js";
import { alone, answer, contact, talking } from "./alone.js";
import type { Script, StageOptions } from "./stage.js";

const offer = { headers: sdp, body: "v=0\r\ns=offer\r\n" };
const notified = (state: string): string[] => [
  "Event: refer",
  `Subscription-State: ${state}`,
  "Content-Type: message/sipfrag;version=2.0"
];
const withReplaces: StageOptions = { alice: { sipExtensionReplaces: "Supported" as never } };
const referTo = { headers: ["Refer-To: <sip:carol@example.com>"] };
/** RFC 3515 section 2.4.4: the NOTIFY "MUST be sent immediately", which SIP.js leaves out. */
const immediate = (message: string): boolean => message.endsWith("SIP/2.0 100 Trying\r\n");

/** REFER, in both directions, and INVITE with Replaces. */
export const transfers: { [name: string]: Script } = {
  "a REFER, and how it goes on": talking(async (alice, peer) => {
    const requestDelegate = alice.delegateFor("REFER");
    const onNotify = (notification: { request: { body: string }; accept(): Promise<void> }) => {
      alice.note(`onNotify ${notification.request.body}`);
      alice.tries("accept()", () => notification.accept());
    };
    const options = { requestDelegate, onNotify: onNotify as never };
    await alice.does("refer()", () => alice.inviter.refer(alice.uri("carol"), options));
    await alice.receives(reply(alice.transport.last, 202, { headers: [contact("peer")] }));
    for (const [state, line] of [
      ["active", "100 Trying"],
      ["active", "180 Ringing"],
      ["terminated;reason=noresource", "200 OK"]
    ]) {
      await peer.sends("NOTIFY", { headers: notified(state), body: `SIP/2.0 ${line}\r\n` });
    }
    await alice.does("bye()", () => alice.inviter.bye());
  }),
  "a REFER is refused": talking(async (alice) => {
    const requestDelegate = alice.delegateFor("REFER");
    await alice.does("refer()", () => alice.inviter.refer(alice.uri("carol"), { requestDelegate }));
    await alice.receives(reply(alice.transport.last, 603));
    await alice.does("info()", () => alice.inviter.info());
  }),
  "a REFER to a session": talking(async (alice) => {
    const first = alice.inviter;
    await alice.calls("carol");
    await alice.receives(reply(alice.transport.last, 200, { ...answer, toTag: "carol" }));
    await alice.does("refer()", () => first.refer(alice.inviter));
  }),
  "a NOTIFY though nothing was referred": talking(async (alice, peer) => {
    alice.inviter.delegate!.onNotify = (notification) => {
      alice.note("onNotify");
      alice.tries("accept()", () => notification.accept());
    };
    await peer.sends("NOTIFY", { headers: notified("active"), body: "SIP/2.0 100 Trying\r\n" });
  }),
  "referred, and nobody listens": talking(async (alice, peer, stage) => {
    stage.overlooks = immediate;
    await peer.sends("REFER", referTo);
    const invite = alice.transport.sentWith("INVITE").pop()!;
    await alice.receives(reply(invite, 180, { headers: [contact("carol")], toTag: "carol" }));
    await alice.receives(reply(invite, 200, { ...answer, toTag: "carol" }));
  }),
  "referred, and the one referred to refuses": talking(async (alice, peer, stage) => {
    stage.overlooks = immediate;
    await peer.sends("REFER", referTo);
    await alice.receives(reply(alice.transport.sentWith("INVITE").pop()!, 486));
  }),
  "referred, and the application follows": talking(async (alice, peer, stage) => {
    stage.overlooks = immediate;
    alice.inviter.delegate!.onRefer = (referral) => {
      alice.note(`onRefer ${referral.referTo.uri.toString()} ${referral.referredBy}`);
      alice.tries("accept()", () => referral.accept());
      const inviter = referral.makeInviter();
      alice.watch("second", inviter);
      alice.tries("invite()", () => inviter.invite());
    };
    const headers = [...referTo.headers, "Referred-By: <sip:peer@example.com>"];
    await peer.sends("REFER", { headers });
    const invite = alice.transport.sentWith("INVITE").pop()!;
    await alice.receives(reply(invite, 200, { ...answer, toTag: "carol" }));
  }),
  "referred, and the application refuses": talking(async (alice, peer) => {
    alice.inviter.delegate!.onRefer = (referral) =>
      alice.tries("reject()", () => referral.reject({ statusCode: 603 }));
    await peer.sends("REFER", referTo);
  }),
  "referred to somebody in a call's place": talking(async (alice, peer, stage) => {
    stage.overlooks = immediate;
    const replaces = "call%40example.com%3Bto-tag%3Da%3Bfrom-tag%3Db";
    const headers = [`Refer-To: <sip:carol@example.com?Replaces=${replaces}>`];
    await peer.sends("REFER", { headers });
  }),
  "a REFER without Refer-To": talking(async (_, peer) => {
    await peer.sends("REFER");
  }),
  "an INVITE in a call's place": alone(async (alice) => {
    await alice.calls("bob");
    const invite = alice.transport.last;
    await alice.receives(reply(invite, 200, answer));
    const dialog = inDialog(invite);
    const [from, to] = [dialog.from!, dialog.to!].map((each) => /tag=(\w+)/.exec(each)![1]);
    const replaces = `Replaces: ${dialog.callId};to-tag=${to};from-tag=${from}`;
    await alice.receives(request("INVITE", { ...offer, headers: [...sdp, replaces] }));
    alice.note(`replacee ${alice.invitation.replacee === alice.inviter}`);
    await alice.does("accept()", () => alice.invitation.accept());
  }, withReplaces),
  "an INVITE in the place of a call that is none": alone(async (alice) => {
    const replaces = "Replaces: nothing@example.com;to-tag=a;from-tag=b";
    await alice.receives(request("INVITE", { ...offer, headers: [...sdp, replaces] }));
  }, withReplaces),
  "an INVITE in a call's place, though that is not supported": alone(async (alice) => {
    const headers = [...sdp, "Replaces: nothing@example.com;to-tag=a;from-tag=b"];
    await alice.receives(request("INVITE", { ...offer, headers }));
    await alice.receives(request("INVITE", { ...offer, headers: [...sdp, "Require: replaces"] }));
  }),
  "an INVITE in the place of a call that has ended": alone(async (alice) => {
    await alice.calls("bob");
    const invite = alice.transport.last;
    await alice.receives(reply(invite, 200, answer));
    await alice.does("bye()", () => alice.inviter.bye());
    const dialog = inDialog(invite);
    const [from, to] = [dialog.from!, dialog.to!].map((each) => /tag=(\w+)/.exec(each)![1]);
    const replaces = `Replaces: ${dialog.callId};to-tag=${to};from-tag=${from}`;
    await alice.receives(request("INVITE", { ...offer, headers: [...sdp, replaces] }));
  }, withReplaces),
  "referred outside of a call": alone(async (alice) => {
    alice.userAgent.delegate = {
      onReferRequest: (referred) => {
        alice.note(`onReferRequest ${referred.message.method}`);
        alice.tries("reject()", () => void referred.reject({ statusCode: 603 }));
      }
    };
    await alice.receives(request("REFER", referTo));
  }),
  "an INVITE that requires what nobody knows": alone(async (alice) => {
    await alice.receives(request("INVITE", { ...offer, headers: [...sdp, "Require: nonsense"] }));
  })
};
