import { reply, sdp } from "../support/message-text.js";
import { alone, answer, contact, talking } from "./alone.js";
import type { Script } from "./stage.js";

const offer = { headers: sdp, body: "v=0\r\ns=offer\r\n" };

/** What happens within a session. */
export const dialogs: { [name: string]: Script } = {
  "held and resumed by the peer": talking(async (alice, peer) => {
    for (const s of ["hold", "resume"]) {
      const invite = await peer.sends("INVITE", { headers: sdp, body: `v=0\r\ns=${s}\r\n` });
      await peer.acknowledges(invite);
    }
    await alice.does("bye()", () => alice.inviter.bye());
  }),
  "a re-INVITE of the peer's without an offer": talking(async (_, peer) => {
    await peer.acknowledges(await peer.sends("INVITE"), answer);
  }),
  "the same, without an answer": talking(async (alice, peer) => {
    await peer.acknowledges(await peer.sends("INVITE"));
    await alice.does("bye()", () => alice.inviter.bye());
  }),
  "a re-INVITE of the peer's with another body": talking(async (_, peer) => {
    const headers = ["Content-Type: text/plain"];
    await peer.acknowledges(await peer.sends("INVITE", { headers, body: "hi" }), answer);
  }),
  "a re-INVITE of the peer's while ours is in progress": talking(async (alice, peer) => {
    const requestDelegate = alice.delegateFor("INVITE");
    await alice.does("invite()", () => alice.inviter.invite({ requestDelegate }));
    const ours = alice.transport.last;
    await peer.acknowledges(await peer.sends("INVITE", offer));
    await alice.receives(reply(ours, 491));
    await alice.does("invite()", () => alice.inviter.invite({ requestDelegate }));
  }),
  "a re-INVITE of ours while the peer's is in progress": talking(async (alice, peer, stage) => {
    stage.deliver(alice, peer.request("INVITE", offer));
    alice.tries("invite()", () => alice.inviter.invite());
    await stage.settle();
  }),
  "a re-INVITE while the peer's has not been acknowledged": talking(async (alice, peer) => {
    const invite = await peer.sends("INVITE", offer);
    await alice.does("invite()", () => alice.inviter.invite());
    await peer.acknowledges(invite);
    await alice.does("invite()", () => alice.inviter.invite());
  }),
  "a second re-INVITE before the first is answered": talking(async (alice, peer, stage) => {
    stage.deliver(alice, peer.request("INVITE", offer));
    stage.deliver(alice, peer.request("INVITE", offer));
    await stage.settle();
  }),
  "options and modifiers of an INVITE and of re-INVITEs": alone(async (alice) => {
    const modifier = (description: RTCSessionDescriptionInit) => Promise.resolve(description);
    const handled = (): void => {
      const { options } = alice.handlers[0];
      alice.note(JSON.stringify(options.splice(0)));
    };
    await alice.calls("bob", {
      sessionDescriptionHandlerOptions: { first: 1 } as object,
      sessionDescriptionHandlerModifiers: [modifier],
      sessionDescriptionHandlerOptionsReInvite: { again: 1 } as object,
      sessionDescriptionHandlerModifiersReInvite: [modifier, modifier]
    });
    await alice.receives(reply(alice.transport.last, 200, answer));
    handled();
    for (const options of [
      {},
      { sessionDescriptionHandlerOptions: { own: 1 } as object },
      { sessionDescriptionHandlerModifiers: [modifier, modifier, modifier] },
      {}
    ]) {
      await alice.does("invite()", () => alice.inviter.invite(options));
      await alice.receives(reply(alice.transport.last, 200, answer));
      handled();
    }
    const { inviter } = alice;
    alice.note(JSON.stringify(inviter.sessionDescriptionHandlerOptionsReInvite));
    alice.note(String(inviter.sessionDescriptionHandlerModifiersReInvite.length));
  }),
  "a re-INVITE refused with 488": reinviteRefused(488),
  "a re-INVITE refused with 408": reinviteRefused(408),
  "a re-INVITE refused with 481": reinviteRefused(481),
  "a re-INVITE refused with 302": reinviteRefused(302),
  "a re-INVITE with provisional responses": talking(async (alice) => {
    const requestDelegate = alice.delegateFor("INVITE");
    await alice.does("invite()", () => alice.inviter.invite({ requestDelegate }));
    const ours = alice.transport.last;
    for (const status of [100, 180, 183]) {
      await alice.receives(reply(ours, status, { headers: [contact("peer")] }));
    }
    await alice.receives(reply(ours, 200, answer));
    await alice.receives(reply(ours, 200, answer));
  }),
  "a re-INVITE without an offer": talking(async (alice) => {
    const requestDelegate = alice.delegateFor("INVITE");
    const options = { requestDelegate, withoutSdp: true };
    await alice.does("invite()", () => alice.inviter.invite(options));
    await alice.receives(reply(alice.transport.last, 200, answer));
    await alice.does("invite()", () => alice.inviter.invite(options));
    await alice.receives(reply(alice.transport.last, 488));
  }),
  "a re-INVITE accepted without a description": talking(async (alice) => {
    const requestDelegate = alice.delegateFor("INVITE");
    await alice.does("invite()", () => alice.inviter.invite({ requestDelegate }));
    await alice.receives(reply(alice.transport.last, 200, { headers: [contact("peer")] }));
  }),
  "a BYE while our re-INVITE is in progress": talking(async (alice, peer) => {
    const requestDelegate = alice.delegateFor("INVITE");
    await alice.does("invite()", () => alice.inviter.invite({ requestDelegate }));
    const ours = alice.transport.last;
    await peer.sends("BYE");
    await alice.receives(reply(ours, 487));
  }),
  "bye() while our re-INVITE is in progress": talking(async (alice) => {
    const requestDelegate = alice.delegateFor("INVITE");
    await alice.does("invite()", () => alice.inviter.invite({ requestDelegate }));
    const ours = alice.transport.last;
    await alice.does("bye()", () => alice.inviter.bye());
    await alice.receives(reply(ours, 487));
    await alice.receives(reply(alice.transport.sentWith("BYE")[0], 200));
  }),
  "bye() while the peer's re-INVITE is being answered": talking(async (alice, peer, stage) => {
    stage.deliver(alice, peer.request("INVITE", offer));
    alice.tries("bye()", () => alice.inviter.bye());
    await stage.settle();
  }),
  "a BYE while the peer's re-INVITE is being answered": talking(async (alice, peer, stage) => {
    stage.deliver(alice, peer.request("INVITE", offer));
    stage.deliver(alice, peer.request("BYE"));
    await stage.settle();
  }),
  "two BYEs cross": talking(async (alice, peer) => {
    const requestDelegate = alice.delegateFor("BYE");
    await alice.does("bye()", () => alice.inviter.bye({ requestDelegate }));
    const ours = alice.transport.last;
    await peer.sends("BYE");
    await alice.receives(reply(ours, 481));
  }),
  "bye() twice": talking(async (alice) => {
    await alice.does("bye()", () => alice.inviter.bye());
    await alice.does("bye()", () => alice.inviter.bye());
    await alice.does("info()", () => alice.inviter.info());
    await alice.does("message()", () => alice.inviter.message());
    await alice.does("refer()", () => alice.inviter.refer(alice.uri("carol")));
    await alice.does("invite()", () => alice.inviter.invite());
  }),
  "requests after the BYE": talking(async (_, peer) => {
    for (const method of ["BYE", "INFO", "BYE", "INVITE", "MESSAGE", "ACK"]) {
      await peer.sends(method);
    }
  }),
  "requests with an old sequence number": talking(async (_, peer) => {
    await peer.sends("INFO", { cseq: 10 });
    await peer.sends("INFO", { cseq: 9 });
    await peer.sends("INVITE", { cseq: 8, ...offer });
    await peer.sends("INFO", { cseq: 11 });
  }),
  "an INFO is refused with 481": refusedWithin("info", 481),
  "an INFO is refused with 408": refusedWithin("info", 408),
  "an INFO is refused with 500": refusedWithin("info", 500),
  "a MESSAGE is refused with 481": refusedWithin("message", 481),
  "a BYE is refused with 481": refusedWithin("bye", 481),
  "DTMF by INFO": talking(async (alice, peer) => {
    const body = {
      contentDisposition: "render",
      contentType: "application/dtmf-relay",
      content: "Signal=1\r\nDuration=2000"
    };
    const requestDelegate = alice.delegateFor("INFO");
    const options = { requestDelegate, requestOptions: { body } };
    await alice.does("info()", () => alice.inviter.info(options));
    await alice.receives(reply(alice.transport.last, 200));
    const headers = ["Content-Type: application/dtmf-relay"];
    await peer.sends("INFO", { headers, body: body.content });
  }),
  "requests with header fields of the application's": talking(async (alice) => {
    const given = () => ({ requestOptions: { extraHeaders: ["X-B: 1", "X-A: 2", "X-B: 3"] } });
    await alice.does("info()", () => alice.inviter.info(given()));
    await alice.does("message()", () => alice.inviter.message(given()));
    await alice.does("refer()", () => alice.inviter.refer(alice.uri("carol"), given()));
    await alice.does("invite()", () => alice.inviter.invite(given()));
    await alice.receives(reply(alice.transport.last, 200, answer));
    await alice.does("bye()", () => alice.inviter.bye(given()));
  }),
  "an INFO and a MESSAGE that the application refuses": talking(async (alice, peer) => {
    alice.inviter.delegate!.onInfo = (info) =>
      alice.tries("reject()", () => info.reject({ statusCode: 415 }));
    alice.inviter.delegate!.onMessage = (message) =>
      alice.tries("reject()", () => message.reject());
    await peer.sends("INFO");
    await peer.sends("MESSAGE");
  }),
  "other requests within a session": talking(async (_, peer) => {
    const of = (event: string): string[] => [`Event: ${event}`, "Subscription-State: active"];
    await peer.sends("OPTIONS");
    await peer.sends("NOTIFY", { headers: of("refer") });
    await peer.sends("NOTIFY", { headers: of("talk") });
    await peer.sends("PRACK", { headers: ["RAck: 1 1 INVITE"] });
    await peer.sends("PUBLISH", { headers: ["Event: presence"] });
  }),
  "an ACK that nobody awaits": talking(async (alice, peer) => {
    await peer.sends("ACK", { cseq: 1 });
    await alice.does("info()", () => alice.inviter.info());
  }),
  "the peer moves": talking(async (alice, peer) => {
    const headers = [...sdp];
    const invite = (await peer.sends("INVITE", { headers, body: offer.body })).toString();
    await peer.acknowledges(invite);
    await alice.does("info()", () => alice.inviter.info());
  })
};

/** A re-INVITE of ours is refused. */
function reinviteRefused(status: number): Script {
  return talking(async (alice) => {
    const requestDelegate = alice.delegateFor("INVITE");
    await alice.does("invite()", () => alice.inviter.invite({ requestDelegate }));
    await alice.receives(reply(alice.transport.last, status));
    await alice.does("invite()", () => alice.inviter.invite({ requestDelegate }));
  });
}

/** A request of ours within a session is refused. */
function refusedWithin(method: "info" | "message" | "bye", status: number): Script {
  return talking(async (alice) => {
    const requestDelegate = alice.delegateFor(method);
    await alice.does(`${method}()`, () => alice.inviter[method]({ requestDelegate }));
    await alice.receives(reply(alice.transport.last, status));
    await alice.does("info()", () => alice.inviter.info());
  });
}
