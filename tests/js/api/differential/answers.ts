import { header, inDialog, reply, request, sdp } from "../support/message-text.js";
import { alone, answer, contact, withPassword } from "./alone.js";
import type { Script } from "./stage.js";

const challenge = (name: "WWW" | "Proxy", nonce: string, more = ""): string =>
  `${name}-Authenticate: Digest realm="example.com", nonce="${nonce}"${more}`;

const granted = (register: string): string =>
  reply(register, 200, { headers: [`Contact: ${header(register, "Contact")}`] });

/** An INVITE is refused with a status. */
const refused = (status: number, headers: string[] = []): Script =>
  alone(async (alice) => {
    await alice.calls("bob");
    await alice.receives(reply(alice.transport.last, status, { headers }));
    await alice.does("bye()", () => alice.inviter.bye());
  });

/** A request within a session is challenged. */
const challengedWithin = (method: "info" | "message" | "invite" | "bye"): Script =>
  alone(async (alice) => {
    await alice.calls("bob");
    await alice.receives(reply(alice.transport.last, 200, answer));
    const requestDelegate = alice.delegateFor(method);
    await alice.does(`${method}()`, () => alice.inviter[method]({ requestDelegate }));
    const headers = [challenge("Proxy", "one")];
    await alice.receives(reply(alice.transport.last, 407, { headers }));
    await alice.receives(reply(alice.transport.last, 200, method === "invite" ? answer : {}));
  }, withPassword);

/** What a caller does with what comes back. */
export const answers: { [name: string]: Script } = {
  "refused with 301": refused(301, ["Contact: <sip:carol@example.com>"]),
  "refused with 302": refused(302, [
    "Contact: <sip:carol@example.com>;q=0.7, <sip:dave@example.com>"
  ]),
  "refused with 404": refused(404),
  "refused with 408": refused(408),
  "refused with 415": refused(415, ["Accept: text/plain"]),
  "refused with 420": refused(420, ["Unsupported: 100rel"]),
  "refused with 481": refused(481),
  "refused with 488": refused(488),
  "refused with 491": refused(491),
  "refused with 500": refused(500),
  "refused with 503": refused(503, ["Retry-After: 5"]),
  "refused with 600": refused(600),
  "refused with 603": refused(603, ['Reason: Q.850;cause=21;text="Rejected"']),
  "refused with 699": refused(699),

  "an INVITE is challenged with 401": alone(async (alice) => {
    await alice.calls("bob");
    const headers = [challenge("WWW", "one")];
    await alice.receives(reply(alice.transport.last, 401, { headers }));
    await alice.receives(reply(alice.transport.last, 200, answer));
  }, withPassword),
  "an INVITE is challenged with 407, with qop": alone(async (alice) => {
    await alice.calls("bob");
    const headers = [challenge("Proxy", "one", ', algorithm=MD5, qop="auth"')];
    await alice.receives(reply(alice.transport.last, 407, { headers }));
    await alice.receives(reply(alice.transport.last, 200, answer));
  }, withPassword),
  "the credentials are wrong": alone(async (alice) => {
    await alice.calls("bob");
    for (const nonce of ["one", "two"]) {
      const headers = [challenge("WWW", nonce)];
      await alice.receives(reply(alice.transport.sentWith("INVITE").pop()!, 401, { headers }));
    }
  }, withPassword),
  "the nonce is stale": alone(async (alice) => {
    await alice.calls("bob");
    for (const [nonce, more] of [
      ["one", ""],
      ["two", ", stale=true"]
    ]) {
      const headers = [challenge("WWW", nonce, more)];
      await alice.receives(reply(alice.transport.sentWith("INVITE").pop()!, 401, { headers }));
    }
    await alice.receives(reply(alice.transport.last, 200, answer));
  }, withPassword),
  "a challenge to one without credentials": alone(async (alice) => {
    await alice.calls("bob");
    const headers = [challenge("WWW", "one")];
    await alice.receives(reply(alice.transport.last, 401, { headers }));
  }),
  "a challenge without a challenge": alone(async (alice) => {
    await alice.calls("bob");
    await alice.receives(reply(alice.transport.last, 401));
  }, withPassword),
  "an INVITE is cancelled while it is challenged": alone(async (alice) => {
    await alice.calls("bob");
    const invite = alice.transport.last;
    await alice.does("cancel()", () => alice.inviter.cancel());
    await alice.receives(reply(invite, 401, { headers: [challenge("WWW", "one")] }));
  }, withPassword),
  "a MESSAGE is challenged": alone(async (alice) => {
    const { Messager } = alice.stage.library;
    const messager = new Messager(alice.userAgent, alice.uri("bob"), "hi");
    const requestDelegate = alice.delegateFor("MESSAGE");
    await alice.does("message()", () => messager.message({ requestDelegate }));
    const headers = [challenge("Proxy", "one")];
    await alice.receives(reply(alice.transport.last, 407, { headers }));
    await alice.receives(reply(alice.transport.last, 202));
  }, withPassword),
  "an INFO is challenged": challengedWithin("info"),
  "a MESSAGE within a session is challenged": challengedWithin("message"),
  "a re-INVITE is challenged": challengedWithin("invite"),
  "a BYE is challenged": challengedWithin("bye"),
  "a registration is challenged": alone(async (alice) => {
    const registerer = new alice.stage.library.Registerer(alice.userAgent);
    registerer.stateChange.addListener((state) => alice.note(`registerer ${state}`));
    const requestDelegate = alice.delegateFor("REGISTER");
    await alice.does("register()", () => registerer.register({ requestDelegate }));
    for (const nonce of ["one", "two"]) {
      const headers = [challenge("WWW", nonce)];
      await alice.receives(reply(alice.transport.last, 401, { headers }));
    }
  }, withPassword),
  "a registration is challenged, accepted and renewed": alone(async (alice) => {
    const registerer = new alice.stage.library.Registerer(alice.userAgent);
    await alice.does("register()", () => registerer.register());
    const headers = [challenge("WWW", "one", ', qop="auth"')];
    await alice.receives(reply(alice.transport.last, 401, { headers }));
    await alice.receives(granted(alice.transport.last));
    await alice.does("register()", () => registerer.register());
    await alice.receives(granted(alice.transport.last));
    await alice.does("unregister()", () => registerer.unregister());
  }, withPassword),

  "a 2xx without a description": alone(async (alice) => {
    await alice.calls("bob");
    await alice.receives(reply(alice.transport.last, 200, { headers: [contact("peer")] }));
  }),
  "a 2xx with another body": alone(async (alice) => {
    await alice.calls("bob");
    const headers = [contact("peer"), "Content-Type: text/plain"];
    await alice.receives(reply(alice.transport.last, 200, { headers, body: "hi" }));
  }),
  "a 2xx without a Contact": alone(async (alice) => {
    await alice.calls("bob");
    const { body } = answer;
    await alice.receives(reply(alice.transport.last, 200, { headers: sdp, body }));
  }),
  "a 2xx that comes again and again": alone(async (alice) => {
    await alice.calls("bob");
    const invite = alice.transport.last;
    for (let i = 0; i < 3; i++) await alice.receives(reply(invite, 200, answer));
    await alice.does("bye()", () => alice.inviter.bye());
    await alice.receives(reply(invite, 200, answer));
  }),
  "a 2xx from each of two": alone(async (alice) => {
    await alice.calls("bob");
    const invite = alice.transport.last;
    await alice.receives(reply(invite, 200, { ...answer, toTag: "one" }));
    await alice.receives(reply(invite, 200, { ...answer, toTag: "two" }));
    await alice.does("info()", () => alice.inviter.info());
  }),
  "rung at two, accepted by one": alone(async (alice) => {
    await alice.calls("bob");
    const invite = alice.transport.last;
    for (const [status, toTag] of [
      [180, "one"],
      [183, "two"],
      [180, "one"],
      [200, "two"]
    ] as const) {
      const parts = status === 200 ? answer : { headers: [contact(toTag)] };
      await alice.receives(reply(invite, status, { ...parts, toTag }));
    }
    await alice.does("bye()", () => alice.inviter.bye());
  }),
  "rung at two, refused by one and accepted by the other": alone(async (alice) => {
    await alice.calls("bob", { earlyMedia: true });
    const invite = alice.transport.last;
    await alice.receives(reply(invite, 183, { ...answer, toTag: "one" }));
    await alice.receives(reply(invite, 180, { headers: [contact("two")], toTag: "two" }));
    await alice.receives(reply(invite, 200, { ...answer, toTag: "one" }));
    await alice.receives(reply(invite, 200, { ...answer, toTag: "two" }));
  }),
  "a provisional response without a tag": alone(async (alice) => {
    await alice.calls("bob", { earlyMedia: true });
    const invite = alice.transport.last;
    const untagged = reply(invite, 183, answer).replace(";tag=peer", "");
    await alice.receives(untagged);
    await alice.receives(reply(invite, 200, answer));
  }),
  "early media, and another answer in the 2xx": alone(async (alice) => {
    await alice.calls("bob", { earlyMedia: true });
    const invite = alice.transport.last;
    await alice.receives(reply(invite, 183, answer));
    await alice.receives(reply(invite, 183, { ...answer, body: "v=0\r\ns=second\r\n" }));
    await alice.receives(reply(invite, 200, { ...answer, body: "v=0\r\ns=third\r\n" }));
    await alice.does("bye()", () => alice.inviter.bye());
  }),
  "early media, then refused": alone(async (alice) => {
    await alice.calls("bob", { earlyMedia: true });
    const invite = alice.transport.last;
    await alice.receives(reply(invite, 183, answer));
    await alice.receives(reply(invite, 480, { headers: [contact("peer")] }));
  }),

  "cancelled before anything has come back": alone(async (alice) => {
    await alice.calls("bob");
    const invite = alice.transport.last;
    await alice.does("cancel()", () => alice.inviter.cancel());
    await alice.receives(reply(invite, 100));
    await alice.receives(reply(alice.transport.last, 200));
    await alice.receives(reply(invite, 487));
  }),
  "cancelled with a reason": alone(async (alice) => {
    await alice.calls("bob");
    const invite = alice.transport.last;
    await alice.receives(reply(invite, 180, { headers: [contact("peer")] }));
    const options = { statusCode: 200, reasonPhrase: "Call completed elsewhere" };
    await alice.does("cancel()", () => alice.inviter.cancel(options));
    await alice.receives(reply(alice.transport.last, 481));
    await alice.receives(reply(invite, 487));
  }),
  "cancelled with header fields": alone(async (alice) => {
    await alice.calls("bob");
    await alice.receives(reply(alice.transport.last, 180, { headers: [contact("peer")] }));
    await alice.does("cancel()", () => alice.inviter.cancel({ extraHeaders: ["X-A: b"] }));
  }),
  "a CANCEL and a 2xx cross": alone(async (alice) => {
    await alice.calls("bob");
    const invite = alice.transport.last;
    await alice.receives(reply(invite, 180, { headers: [contact("peer")] }));
    await alice.does("cancel()", () => alice.inviter.cancel());
    await alice.receives(reply(invite, 200, answer));
    await alice.receives(reply(alice.transport.sentWith("CANCEL")[0], 481));
    await alice.receives(reply(alice.transport.sentWith("BYE")[0], 200));
  }),
  "cancelled while the answer is being applied": alone(async (alice, stage) => {
    await alice.calls("bob");
    const invite = alice.transport.last;
    stage.deliver(alice, reply(invite, 200, answer));
    alice.tries("cancel()", () => alice.inviter.cancel());
    await stage.settle();
  }),
  "a BYE comes while the answer is being applied": alone(async (alice, stage) => {
    await alice.calls("bob");
    const invite = alice.transport.last;
    stage.deliver(alice, reply(invite, 200, answer));
    stage.deliver(alice, request("BYE", inDialog(invite)));
    await stage.settle();
  }),
  "disposed of while it rings": alone(async (alice) => {
    await alice.calls("bob");
    const invite = alice.transport.last;
    await alice.receives(reply(invite, 180, { headers: [contact("peer")] }));
    await alice.does("dispose()", () => alice.inviter.dispose());
    await alice.receives(reply(invite, 487));
    await alice.does("dispose()", () => alice.inviter.dispose());
  })
};
