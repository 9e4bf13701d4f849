import { header, reply, request, sdp } from "../support/message-text.js";
import { alone, answer, contact, identity, talking } from "./alone.js";
import { applicationError } from "./stage.js";
import type { Party, Script } from "./stage.js";

const offer = { headers: sdp, body: "v=0\r\ns=offer\r\n" };
const fail = (): never => {
  throw new Error(applicationError);
};

/** Alice, whose user agent nobody listens to. */
const unheard = (script: (alice: Party) => Promise<void>): Script =>
  alone(async (alice) => {
    alice.userAgent.delegate = undefined;
    await script(alice);
  });

/** A request that opens a dialog, or stands alone. */
const outOfDialog = (method: string, headers: string[] = [], body = ""): Script =>
  unheard((alice) => alice.receives(request(method, { headers, body })));

/** Delegates that are not there, and delegates that throw. */
export const delegates: { [name: string]: Script } = {
  "nobody listens for an INVITE": unheard(async (alice) => {
    const invite = request("INVITE", offer);
    await alice.receives(invite);
    const to = header(alice.transport.last, "To");
    await alice.receives(request("ACK", { ...identity(invite), to }));
  }),
  "nobody listens for a MESSAGE": outOfDialog("MESSAGE", ["Content-Type: text/plain"], "hi"),
  "nobody listens for a REFER": outOfDialog("REFER", ["Refer-To: <sip:carol@example.com>"]),
  "nobody listens for a NOTIFY": outOfDialog("NOTIFY", [
    "Event: message-summary",
    "Subscription-State: active"
  ]),
  "nobody listens for an OPTIONS": outOfDialog("OPTIONS"),
  "nobody listens for an INFO": outOfDialog("INFO"),
  "nobody listens for a BYE": outOfDialog("BYE"),
  "nobody listens for a CANCEL": outOfDialog("CANCEL"),
  "nobody listens for an ACK": outOfDialog("ACK"),
  "nobody listens to a session": talking(async (alice, peer) => {
    alice.inviter.delegate = undefined;
    await peer.sends("INFO");
    await peer.sends("MESSAGE", { headers: ["Content-Type: text/plain"], body: "hi" });
    await peer.acknowledges(await peer.sends("INVITE", offer));
    await peer.sends("NOTIFY", { headers: ["Event: talk", "Subscription-State: active"] });
    await peer.sends("BYE");
  }),
  "nobody listens to a request": talking(async (alice) => {
    for (const method of ["info", "message", "invite"] as const) {
      await alice.does(`${method}()`, () => alice.inviter[method]());
      await alice.receives(reply(alice.transport.last, 500));
    }
    await alice.does("bye()", () => alice.inviter.bye());
    await alice.receives(reply(alice.transport.last, 500));
  }),
  "onInvite throws": alone(async (alice) => {
    alice.onInvite = fail;
    await alice.receives(request("INVITE", offer));
    await alice.does("reject()", () => alice.invitation.reject());
  }),
  "onMessage throws": alone(async (alice) => {
    alice.userAgent.delegate = { onMessage: fail };
    const headers = ["Content-Type: text/plain"];
    await alice.receives(request("MESSAGE", { headers, body: "hi" }));
    await alice.receives(request("OPTIONS"));
  }),
  "onBye throws": talking(async (alice, peer) => {
    alice.inviter.delegate = { onBye: fail };
    await peer.sends("BYE");
    await alice.does("info()", () => alice.inviter.info());
  }),
  "onInfo and onMessage throw": talking(async (alice, peer) => {
    alice.inviter.delegate = { onInfo: fail, onMessage: fail };
    await peer.sends("INFO");
    await peer.sends("MESSAGE");
    await alice.does("bye()", () => alice.inviter.bye());
  }),
  "onAck throws": alone(async (alice) => {
    const invite = request("INVITE", offer);
    await alice.receives(invite);
    alice.invitation.delegate = { onAck: fail };
    await alice.does("accept()", () => alice.invitation.accept());
    const to = header(alice.transport.last, "To");
    await alice.receives(request("ACK", { ...identity(invite), to }));
    await alice.does("bye()", () => alice.invitation.bye());
  }),
  "onCancel throws": alone(async (alice) => {
    const invite = request("INVITE", offer);
    await alice.receives(invite);
    alice.invitation.delegate = { onCancel: fail };
    await alice.receives(request("CANCEL", identity(invite)));
  }),
  "onReject of an INVITE throws": alone(async (alice) => {
    alice.inviter = new alice.stage.library.Inviter(alice.userAgent, alice.uri("bob"));
    alice.watch("inviter", alice.inviter);
    const requestDelegate = { onReject: fail };
    await alice.does("invite()", () => alice.inviter.invite({ requestDelegate }));
    await alice.receives(reply(alice.transport.last, 486));
    await alice.calls("bob");
  }),
  "onTrying of an INVITE throws": alone(async (alice) => {
    alice.inviter = new alice.stage.library.Inviter(alice.userAgent, alice.uri("bob"));
    alice.watch("inviter", alice.inviter);
    const requestDelegate = { onTrying: fail };
    await alice.does("invite()", () => alice.inviter.invite({ requestDelegate }));
    const invite = alice.transport.last;
    await alice.receives(reply(invite, 100));
    await alice.receives(reply(invite, 200, answer));
  }),
  "onAccept of an INFO throws": talking(async (alice) => {
    const requestDelegate = { onAccept: fail };
    await alice.does("info()", () => alice.inviter.info({ requestDelegate }));
    await alice.receives(reply(alice.transport.last, 200));
    await alice.does("bye()", () => alice.inviter.bye());
  }),
  "onSessionDescriptionHandler throws": alone(async (alice) => {
    alice.inviter = new alice.stage.library.Inviter(alice.userAgent, alice.uri("bob"), {
      delegate: { onSessionDescriptionHandler: fail }
    });
    await alice.does("invite()", () => alice.inviter.invite());
  }),
  "onConnect and onDisconnect throw": alone(async (alice) => {
    alice.userAgent.delegate = { onConnect: fail, onDisconnect: fail };
    await alice.does("loses the connection", () => alice.transport.lose());
    await alice.does("reconnect()", () => alice.userAgent.reconnect());
    await alice.calls("bob");
  }),
  "onRefer throws": talking(async (alice, peer) => {
    alice.inviter.delegate = { onRefer: fail };
    await peer.sends("REFER", { headers: ["Refer-To: <sip:carol@example.com>"] });
    await alice.does("bye()", () => alice.inviter.bye());
  }),
  "onNotify throws": talking(async (alice, peer) => {
    const onNotify = fail;
    await alice.does("refer()", () => alice.inviter.refer(alice.uri("carol"), { onNotify }));
    await alice.receives(reply(alice.transport.last, 202, { headers: [contact("peer")] }));
    const headers = [
      "Event: refer",
      "Subscription-State: active",
      "Content-Type: message/sipfrag;version=2.0"
    ];
    await peer.sends("NOTIFY", { headers, body: "SIP/2.0 100 Trying\r\n" });
    await alice.does("bye()", () => alice.inviter.bye());
  })
};
