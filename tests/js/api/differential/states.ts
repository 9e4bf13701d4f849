import { header, reply, request, sdp } from "../support/message-text.js";
import { alone, answer, contact, talking } from "./alone.js";
import type { Library, Party, Script } from "./stage.js";

const instanceId = "8f1fa16a-1165-4a96-8341-785b1ef24f12";
const offer = { headers: sdp, body: "v=0\r\ns=offer\r\n" };
const invited = (script: (alice: Party) => Promise<void>): Script =>
  alone(async (alice) => {
    await alice.receives(request("INVITE", offer));
    await script(alice);
  });

/** Everything that a session can be asked for. */
async function everything(alice: Party, session: Party["inviter"]): Promise<void> {
  await alice.does("bye()", () => session.bye());
  await alice.does("info()", () => session.info());
  await alice.does("message()", () => session.message());
  await alice.does("refer()", () => session.refer(alice.uri("carol")));
}

/** Calls in the wrong state, and values that are none. */
export const states: { [name: string]: Script } = {
  "an inviter that has not invited": alone(async (alice) => {
    const inviter = new alice.stage.library.Inviter(alice.userAgent, alice.uri("bob"));
    alice.watch("inviter", inviter);
    await everything(alice, inviter);
    await alice.does("invite()", () => inviter.invite());
    await everything(alice, inviter);
    await alice.does("invite()", () => inviter.invite());
    await alice.receives(reply(alice.transport.last, 200, answer));
    await alice.does("cancel()", () => inviter.cancel());
    await alice.does("bye()", () => inviter.bye());
    await everything(alice, inviter);
    await alice.does("cancel()", () => inviter.cancel());
    await alice.does("invite()", () => inviter.invite());
  }),
  "an inviter that is disposed of at once": alone(async (alice) => {
    const inviter = new alice.stage.library.Inviter(alice.userAgent, alice.uri("bob"));
    alice.watch("inviter", inviter);
    await alice.does("dispose()", () => inviter.dispose());
    await alice.does("invite()", () => inviter.invite());
    await alice.does("cancel()", () => inviter.cancel());
  }),
  "an invitation that has not been accepted": invited(async (alice) => {
    await everything(alice, alice.invitation as never);
    await alice.does("invite()", () => alice.invitation.invite());
    await alice.does("accept()", () => alice.invitation.accept());
    await alice.does("accept()", () => alice.invitation.accept());
    await alice.does("progress()", () => alice.invitation.progress());
    await alice.does("reject()", () => alice.invitation.reject());
  }),
  "an invitation that has been rejected": invited(async (alice) => {
    await alice.does("reject()", () => alice.invitation.reject());
    await alice.does("reject()", () => alice.invitation.reject());
    await alice.does("accept()", () => alice.invitation.accept());
    await alice.does("progress()", () => alice.invitation.progress());
    await alice.does("dispose()", () => alice.invitation.dispose());
  }),
  "status codes that reject() cannot send": invited(async (alice) => {
    for (const statusCode of [100, 180, 200, 299, 700, -1]) {
      await alice.does(`reject(${statusCode})`, () => alice.invitation.reject({ statusCode }));
    }
    await alice.does("reject(0)", () => alice.invitation.reject({ statusCode: 0 }));
  }),
  "status codes that progress() cannot send": invited(async (alice) => {
    for (const statusCode of [99, 200, 404, 0]) {
      await alice.does(`progress(${statusCode})`, () => alice.invitation.progress({ statusCode }));
    }
    await alice.does("progress(199)", () => alice.invitation.progress({ statusCode: 199 }));
    await alice.does("accept()", () => alice.invitation.accept());
  }),
  "status codes of a cancel()": alone(async (alice) => {
    await alice.calls("bob");
    await alice.receives(reply(alice.transport.last, 180, { headers: [contact("peer")] }));
    for (const statusCode of [100, 700]) {
      await alice.does(`cancel(${statusCode})`, () => alice.inviter.cancel({ statusCode }));
    }
    await alice.does("cancel(200)", () => alice.inviter.cancel({ statusCode: 200 }));
  }),
  "every reason phrase": alone(async (alice) => {
    const invitations: Party["invitation"][] = [];
    alice.onInvite = (invitation) => void invitations.push(invitation);
    for (let i = 0; i < 400; i++) alice.transport.receive(request("INVITE", offer));
    await alice.stage.settle();
    alice.stage.journal.begin("reject() with each status");
    invitations.forEach((each, i) => alice.tries("", () => each.reject({ statusCode: 300 + i })));
    await alice.stage.settle();
  }),
  "every reason phrase of progress()": alone(async (alice) => {
    const invitations: Party["invitation"][] = [];
    alice.onInvite = (invitation) => void invitations.push(invitation);
    for (let i = 0; i < 99; i++) alice.transport.receive(request("INVITE", offer));
    await alice.stage.settle();
    alice.stage.journal.begin("progress() with each status");
    invitations.forEach((each, i) => alice.tries("", () => each.progress({ statusCode: 101 + i })));
    await alice.stage.settle();
  }),
  "a reason phrase of the application's": invited(async (alice) => {
    const options = { statusCode: 480, reasonPhrase: "Gone fishing", extraHeaders: ["X-A: b"] };
    await alice.does("reject()", () => alice.invitation.reject(options));
  }),
  "a refusal with a body": invited(async (alice) => {
    const body = { body: "because", contentType: "text/plain" };
    await alice.does("reject()", () => alice.invitation.reject({ statusCode: 488, body }));
  }),
  "header fields in responses": invited(async (alice) => {
    const extraHeaders = ["X-B: 1", "X-A: 2"];
    await alice.does("progress()", () => alice.invitation.progress({ extraHeaders }));
    await alice.does("accept()", () => alice.invitation.accept({ extraHeaders }));
  }),
  "accepted and rejected at once": invited(async (alice) => {
    await alice.does("both", () => {
      alice.tries("reject()", () => alice.invitation.reject());
      return alice.invitation.accept();
    });
  }),
  "progress() and accept() at once": invited(async (alice) => {
    await alice.does("both", () => {
      alice.tries("progress()", () => alice.invitation.progress({ statusCode: 183 }));
      return alice.invitation.accept();
    });
  }),
  "cancel() twice at once": alone(async (alice) => {
    await alice.calls("bob");
    await alice.does("both", () => {
      alice.tries("cancel()", () => alice.inviter.cancel());
      return alice.inviter.cancel();
    });
  }),
  "a user agent in each of its states": alone(async (alice) => {
    await alice.does("start()", () => alice.userAgent.start());
    await alice.does("reconnect()", () => alice.userAgent.reconnect());
    await alice.does("stop()", () => alice.userAgent.stop());
    await alice.does("stop()", () => alice.userAgent.stop());
    await alice.does("reconnect()", () => alice.userAgent.reconnect());
    await alice.calls("bob");
    await alice.does("start()", () => alice.userAgent.start());
    await alice.calls("bob");
  }),
  "everything without a connection": talking(async (alice, peer) => {
    await alice.does("loses the connection", () => alice.transport.lose());
    await alice.does("info()", () => alice.inviter.info());
    await alice.does("invite()", () => alice.inviter.invite());
    await alice.does("bye()", () => alice.inviter.bye());
    const registerer = new alice.stage.library.Registerer(alice.userAgent);
    await alice.does("register()", () => registerer.register());
    const messager = new alice.stage.library.Messager(alice.userAgent, alice.uri("bob"), "hi");
    await alice.does("message()", () => messager.message());
    void peer;
  }),
  "a registerer in each of its states": alone(async (alice) => {
    const registerer = new alice.stage.library.Registerer(alice.userAgent);
    registerer.stateChange.addListener((state) => alice.note(`registerer ${state}`));
    await alice.does("unregister()", () => registerer.unregister());
    await alice.receives(reply(alice.transport.last, 200));
    await alice.does("register()", () => registerer.register());
    await alice.does("unregister()", () => registerer.unregister());
    await alice.receives(reply(alice.transport.last, 403));
    await alice.does("unregister({ all })", () => registerer.unregister({ all: true }));
    await alice.receives(reply(alice.transport.last, 200));
    await alice.does("dispose()", () => registerer.dispose());
    await alice.does("dispose()", () => registerer.dispose());
    await alice.does("unregister()", () => registerer.unregister());
    await alice.does("register()", () => registerer.register());
  }),
  "a registered registerer that is disposed of": alone(async (alice) => {
    const registerer = new alice.stage.library.Registerer(alice.userAgent);
    registerer.stateChange.addListener((state) => alice.note(`registerer ${state}`));
    await alice.does("register()", () => registerer.register());
    const register = alice.transport.last;
    const headers = [`Contact: ${header(register, "Contact")};expires=600`];
    await alice.receives(reply(register, 200, { headers }));
    await alice.does("dispose()", () => registerer.dispose());
    await alice.receives(reply(alice.transport.last, 200));
    await alice.does("stop()", () => alice.userAgent.stop());
  }),
  "a registration whose answer has somebody else's address": alone(async (alice) => {
    const registerer = new alice.stage.library.Registerer(alice.userAgent);
    registerer.stateChange.addListener((state) => alice.note(`registerer ${state}`));
    await alice.does("register()", () => registerer.register());
    const headers = ["Contact: <sip:alice@elsewhere.invalid>;expires=600"];
    await alice.receives(reply(alice.transport.last, 200, { headers }));
  }),
  "a registration with a GRUU": alone(
    async (alice) => {
      const registerer = new alice.stage.library.Registerer(alice.userAgent, {
        instanceId,
        regId: 1
      });
      await alice.does("register()", () => registerer.register());
      const contact = header(alice.transport.last, "Contact").replace(/;expires.*/, "");
      const gruu =
        `pub-gruu="sip:alice@example.com;gr=urn:uuid:${instanceId}"` +
        ';temp-gruu="sip:tgruu.7hs==@example.com;gr"';
      const headers = [`Contact: ${contact};expires=600;${gruu}`];
      await alice.receives(reply(alice.transport.last, 200, { headers }));
      await alice.calls("bob");
      await alice.calls("bob", { anonymous: true });
      await alice.receives(request("INVITE", offer));
      await alice.does("accept()", () => alice.invitation.accept());
    },
    { alice: { instanceId } }
  ),
  "options that are none": alone(async (alice) => {
    const { library } = alice.stage;
    for (const [what, make] of Object.entries(mistakes(library, alice))) {
      await alice.does(what, () => void make());
    }
    await alice.calls("bob");
  })
};

/** Constructors with arguments that are none. */
function mistakes(library: Library, alice: Party): { [what: string]: () => unknown } {
  const { Inviter, Messager, Registerer, UserAgent } = library;
  const { userAgent } = alice;
  const none = undefined as never;
  const other = alice.uri("other");
  return {
    "new Inviter(, undefined)": () => new Inviter(userAgent, none),
    "new Inviter(, , { params })": () =>
      new Inviter(userAgent, other, { params: { fromUri: "nonsense" } }),
    "new Messager(, undefined)": () => new Messager(userAgent, none, "hi"),
    "new Registerer(, { regId: 0 })": () => new Registerer(userAgent, { regId: 0 }),
    "new Registerer(, { instanceId })": () => new Registerer(userAgent, { instanceId: "x" }),
    "new Registerer(, { expires: -1 })": () => new Registerer(userAgent, { expires: -1 }),
    "new Registerer(, { refreshFrequency: 40 })": () =>
      new Registerer(userAgent, { refreshFrequency: 40 }),
    "new Registerer(, { refreshFrequency: 100 })": () =>
      new Registerer(userAgent, { refreshFrequency: 100 }),
    "new Registerer(, { registrar })": () =>
      new Registerer(userAgent, { registrar: "nonsense" as never }),
    "new UserAgent({ uri: undefined })": () =>
      new UserAgent({ uri: none, logBuiltinEnabled: false }),
    "new UserAgent({ transportConstructor })": () =>
      new UserAgent({ transportConstructor: none, logBuiltinEnabled: false }).state,
    "new UserAgent({ delegate: undefined })": () =>
      new UserAgent({ delegate: none, logBuiltinEnabled: false }).state,
    "UserAgent.makeURI": () =>
      alice.note(
        ["", "x", "sip:", "sip:a@b", "tel:1"].map((each) => `${UserAgent.makeURI(each)}`).join()
      )
  };
}
