import { header, reply, request, sdp } from "../support/message-text.js";
import { alone, answer, contact, identity, talking } from "./alone.js";
import type { Party, Script } from "./stage.js";

const offer = { headers: sdp, body: "v=0\r\ns=offer\r\n" };

/** A registration is answered. */
async function granted(alice: Party, seconds: number): Promise<void> {
  const register = alice.transport.last;
  const uri = /<[^>]*>/.exec(header(register, "Contact"))![0];
  await alice.receives(reply(register, 200, { headers: [`Contact: ${uri};expires=${seconds}`] }));
}

function registererOf(alice: Party, options = {}) {
  const registerer = new alice.stage.library.Registerer(alice.userAgent, options);
  registerer.stateChange.addListener((state) => alice.note(`registerer ${state}`));
  return registerer;
}

/** What happens when nothing happens. */
export const timeouts: { [name: string]: Script } = {
  "nothing comes back to an INVITE": alone(async (alice, stage) => {
    await alice.calls("bob");
    await stage.passes(40_000);
  }),
  "nothing but 100 comes back to an INVITE": alone(async (alice, stage) => {
    await alice.calls("bob");
    await alice.receives(reply(alice.transport.last, 100));
    await stage.passes(300_000, 10_000);
  }),
  "nothing comes back to an INVITE after the CANCEL": alone(async (alice, stage) => {
    await alice.calls("bob");
    await alice.receives(reply(alice.transport.last, 180, { headers: [contact("peer")] }));
    await alice.does("cancel()", () => alice.inviter.cancel());
    await stage.passes(70_000);
  }),
  "nothing comes back to a MESSAGE": alone(async (alice, stage) => {
    const { Messager } = alice.stage.library;
    const messager = new Messager(alice.userAgent, alice.uri("bob"), "hi");
    const requestDelegate = alice.delegateFor("MESSAGE");
    await alice.does("message()", () => messager.message({ requestDelegate }));
    await stage.passes(40_000);
  }),
  "nothing comes back to a REGISTER": alone(async (alice, stage) => {
    const registerer = registererOf(alice);
    const requestDelegate = alice.delegateFor("REGISTER");
    await alice.does("register()", () => registerer.register({ requestDelegate }));
    await stage.passes(40_000);
    await alice.does("register()", () => registerer.register({ requestDelegate }));
  }),
  "nothing comes back to a BYE": talking(async (alice, _, stage) => {
    const requestDelegate = alice.delegateFor("BYE");
    await alice.does("bye()", () => alice.inviter.bye({ requestDelegate }));
    await stage.passes(40_000);
  }),
  "nothing comes back to an INFO": talking(async (alice, _, stage) => {
    const requestDelegate = alice.delegateFor("INFO");
    await alice.does("info()", () => alice.inviter.info({ requestDelegate }));
    await stage.passes(40_000);
    await alice.does("info()", () => alice.inviter.info({ requestDelegate }));
  }),
  "nothing comes back to a re-INVITE": talking(async (alice, _, stage) => {
    const requestDelegate = alice.delegateFor("INVITE");
    await alice.does("invite()", () => alice.inviter.invite({ requestDelegate }));
    await stage.passes(40_000);
  }),
  "no ACK comes": alone(async (alice, stage) => {
    await alice.receives(request("INVITE", offer));
    await alice.does("accept()", () => alice.invitation.accept());
    await stage.passes(70_000);
    await alice.does("bye()", () => alice.invitation.bye());
  }),
  "no ACK comes to a re-INVITE": talking(async (alice, peer, stage) => {
    await peer.sends("INVITE", offer);
    await stage.passes(40_000);
    await alice.does("bye()", () => alice.inviter.bye());
  }),
  "no ACK comes before bye()": alone(async (alice, stage) => {
    await alice.receives(request("INVITE", offer));
    await alice.does("accept()", () => alice.invitation.accept());
    await alice.does("bye()", () => alice.invitation.bye());
    await stage.passes(40_000);
  }),
  "no ACK comes to a refusal": alone(async (alice, stage) => {
    await alice.receives(request("INVITE", offer));
    await alice.does("reject()", () => alice.invitation.reject());
    await stage.passes(40_000);
  }),
  "nobody answers": alone(async (alice, stage) => {
    await alice.receives(request("INVITE", offer));
    await stage.passes(180_000, 1000);
  }),
  "nobody answers in the time the caller gives": alone(async (alice, stage) => {
    await alice.receives(request("INVITE", { ...offer, headers: [...sdp, "Expires: 20"] }));
    await stage.passes(70_000, 1000);
  }),
  "nobody answers in the time the application gives": alone(
    async (alice, stage) => {
      await alice.receives(request("INVITE", offer));
      await stage.passes(70_000, 1000);
    },
    { alice: { noAnswerTimeout: 10 } }
  ),
  "an INVITE comes again and again": alone(async (alice, stage) => {
    const invite = request("INVITE", offer);
    for (let i = 0; i < 3; i++) await alice.receives(invite);
    await alice.does("accept()", () => alice.invitation.accept());
    await alice.receives(invite);
    const to = header(alice.transport.last, "To");
    await alice.receives(request("ACK", { ...identity(invite), to, branch: undefined }));
    await stage.passes(10_000);
  }),
  "no PRACK comes": alone(
    async (alice, stage) => {
      const headers = [...sdp, "Supported: 100rel"];
      await alice.receives(request("INVITE", { ...offer, headers }));
      await alice.does("progress()", () => alice.invitation.progress({ rel100: true }));
      await stage.passes(70_000);
    },
    { alice: { sipExtension100rel: "Supported" as never } }
  ),
  "a registration is refreshed": alone(async (alice, stage) => {
    const registerer = registererOf(alice, { expires: 100 });
    await alice.does("register()", () => registerer.register());
    await granted(alice, 100);
    await stage.passes(110_000, 1000);
    await granted(alice, 60);
    await stage.passes(70_000, 1000);
  }),
  "a registration is refreshed as often as the application says": alone(async (alice, stage) => {
    const registerer = registererOf(alice, { expires: 100, refreshFrequency: 60 });
    await alice.does("register()", () => registerer.register());
    await granted(alice, 100);
    await stage.passes(110_000, 1000);
  }),
  "a refresh is refused": alone(async (alice, stage) => {
    const registerer = registererOf(alice, { expires: 100 });
    await alice.does("register()", () => registerer.register());
    await granted(alice, 100);
    await stage.passes(100_000, 1000);
    await alice.receives(reply(alice.transport.last, 503, { headers: ["Retry-After: 5"] }));
    await stage.passes(20_000, 1000);
  }),
  "nothing comes back to a refresh": alone(async (alice, stage) => {
    const registerer = registererOf(alice, { expires: 100 });
    await alice.does("register()", () => registerer.register());
    await granted(alice, 100);
    await stage.passes(150_000, 1000);
  }),
  "a registration for too short a time": alone(async (alice, stage) => {
    const registerer = registererOf(alice, { expires: 20 });
    await alice.does("register()", () => registerer.register());
    await alice.receives(reply(alice.transport.last, 423, { headers: ["Min-Expires: 60"] }));
    await granted(alice, 60);
    await stage.passes(70_000, 1000);
  }),
  "reconnected by itself": alone(
    async (alice, stage) => {
      const attempts = [false, false, true];
      const { transport } = alice;
      const connect = transport.connect.bind(transport);
      transport.connect = () => {
        alice.note("connect()");
        return attempts.shift() ? connect() : Promise.reject(new Error("No."));
      };
      await alice.does("loses the connection", () => transport.lose());
      await stage.passes(30_000, 1000);
      await alice.calls("bob");
    },
    { alice: { reconnectionAttempts: 4, reconnectionDelay: 3 } }
  ),
  "not reconnected in as many attempts as were given": alone(
    async (alice, stage) => {
      alice.transport.connect = () => {
        alice.note("connect()");
        return Promise.reject(new Error("No."));
      };
      await alice.does("loses the connection", () => alice.transport.lose());
      await stage.passes(30_000, 1000);
      await alice.does("reconnect()", () => alice.userAgent.reconnect());
    },
    { alice: { reconnectionAttempts: 2, reconnectionDelay: 3 } }
  ),
  "stopped while it is to be reconnected": alone(
    async (alice, stage) => {
      alice.transport.connect = () => {
        alice.note("connect()");
        return Promise.reject(new Error("No."));
      };
      await alice.does("loses the connection", () => alice.transport.lose());
      await stage.passes(4000, 1000);
      await alice.does("stop()", () => alice.userAgent.stop());
      await stage.passes(30_000, 1000);
    },
    { alice: { reconnectionAttempts: 4, reconnectionDelay: 3 } }
  ),
  "unregistered before the refresh": alone(async (alice, stage) => {
    const registerer = registererOf(alice, { expires: 100 });
    await alice.does("register()", () => registerer.register());
    await granted(alice, 100);
    await alice.does("unregister()", () => registerer.unregister());
    await alice.receives(reply(alice.transport.last, 200));
    await stage.passes(120_000, 1000);
  }),
  "a responder that is slow": alone(async (alice, stage) => {
    const { Messager } = alice.stage.library;
    const messager = new Messager(alice.userAgent, alice.uri("bob"), "hi");
    const requestDelegate = alice.delegateFor("MESSAGE");
    await alice.does("message()", () => messager.message({ requestDelegate }));
    const message = alice.transport.last;
    await stage.passes(20_000);
    await alice.receives(reply(message, 100));
    await stage.passes(11_000);
    await alice.receives(reply(message, 200));
    await alice.receives(reply(message, 200));
    await stage.passes(10_000);
  }),
  "a late answer to an INVITE that has timed out": alone(async (alice, stage) => {
    await alice.calls("bob");
    const invite = alice.transport.last;
    await stage.passes(40_000);
    await alice.receives(reply(invite, 200, answer));
  })
};
