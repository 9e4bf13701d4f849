import type * as Ours from "../../../../js/index.js";
import { reply, request, sdp } from "../support/message-text.js";
import { alone, contact, talking } from "./alone.js";
import type { Party, Script } from "./stage.js";

const none = undefined as never;

/** A NOTIFY of a subscription. */
function notify(alice: Party, cseq: number, state: string): Promise<void> {
  const subscribe = alice.transport.sentWith("SUBSCRIBE")[0];
  const tag = /From: .*(;tag=\w+)/.exec(subscribe)![1];
  return alice.receives(
    request("NOTIFY", {
      from: "<sip:bob@example.com>;tag=peer",
      to: `<sip:alice@example.com>${tag}`,
      callId: /Call-ID: (.*)\r/.exec(subscribe)![1],
      cseq,
      headers: ["Event: presence", `Subscription-State: ${state}`]
    })
  );
}

async function everything(
  alice: Party,
  what: string,
  each: { [method: string]: any },
  ...methods: string[]
): Promise<void> {
  for (const method of methods) {
    await alice.does(`${what} ${method}()`, () => each[method]("again"));
  }
}

/** Constructors with arguments that are none. */
function mistakes({ library }: Party["stage"], { userAgent, uri }: Party) {
  const { Publisher, Subscriber, Inviter, Messager, URI } = library;
  const bob = uri.call({ stage: { library } } as Party, "bob");
  const made: { [what: string]: () => unknown } = {
    "new Subscriber(, undefined)": () => new Subscriber(userAgent, none, "presence"),
    "new Subscriber(, , undefined)": () => new Subscriber(userAgent, bob, none),
    "new Subscriber(, , , { expires: -1 })": () =>
      new Subscriber(userAgent, bob, "presence", { expires: -1 }),
    "new Subscriber(, , , { expires: 1.5 })": () =>
      new Subscriber(userAgent, bob, "presence", { expires: 1.5 }),
    "new Publisher(, undefined)": () => new Publisher(userAgent, none, "presence"),
    "new Publisher(, , , { expires: -1 })": () =>
      new Publisher(userAgent, bob, "presence", { expires: -1 }),
    "new Messager(, , undefined)": () => new Messager(userAgent, bob, none),
    "new Inviter(, , { extraHeaders: undefined })": () =>
      new Inviter(userAgent, bob, { extraHeaders: none }),
    "new URI(undefined)": () => String(new URI(none, none, none))
  };
  return made;
}

/** What SIP.js says to calls in the wrong state and to arguments that are none. */
export const wrong: { [name: string]: Script } = {
  "a subscriber in each of its states": alone(async (alice) => {
    const { Subscriber } = alice.stage.library;
    const make = (): Ours.Subscriber => {
      const subscriber = new Subscriber(alice.userAgent, alice.uri("bob"), "presence");
      subscriber.stateChange.addListener((state) => alice.note(`subscriber ${state}`));
      return subscriber;
    };
    const subscriber = make();
    alice.note(`${subscriber.state} ${subscriber.dialog} ${subscriber.data}`);
    await everything(alice, "Initial", subscriber, "_refresh");
    await everything(alice, "NotifyWait", subscriber, "subscribe", "subscribe", "_refresh");
    await alice.receives(reply(alice.transport.last, 200, { headers: ["Expires: 600"] }));
    await notify(alice, 1, "active;expires=600");
    await everything(alice, "Subscribed", subscriber, "subscribe");
    await alice.receives(reply(alice.transport.last, 200, { headers: ["Expires: 600"] }));
    await notify(alice, 2, "terminated;reason=noresource");
    await everything(alice, "Terminated", subscriber, "subscribe", "unsubscribe", "_refresh");
    await everything(alice, "Terminated", subscriber, "dispose", "dispose", "subscribe");
  }),
  "a publisher in each of its states": alone(async (alice) => {
    const { Publisher } = alice.stage.library;
    const publisher = new Publisher(alice.userAgent, alice.uri("alice"), "presence");
    publisher.stateChange.addListener((state) => alice.note(`publisher ${state}`));
    const granted = { headers: ["SIP-ETag: one", "Expires: 600"] };
    await everything(alice, "Initial", publisher, "unpublish", "publish");
    await alice.receives(reply(alice.transport.last, 200, granted));
    await everything(alice, "Published", publisher, "unpublish");
    await alice.receives(reply(alice.transport.last, 200));
    await everything(alice, "Unpublished", publisher, "unpublish", "publish");
    await alice.receives(reply(alice.transport.last, 403));
    await everything(alice, "Terminated", publisher, "unpublish", "dispose", "dispose");
  }),
  "requests that are answered twice": talking(async (alice, peer) => {
    const twice =
      (what: string) => (each: { accept(): Promise<void>; reject(): Promise<void> }) => {
        for (const method of ["accept", "accept", "reject"] as const) {
          alice.tries(`${what} ${method}()`, () => each[method]());
        }
      };
    alice.inviter.delegate = {
      onBye: twice("bye"),
      onInfo: twice("info"),
      onMessage: twice("message"),
      onNotify: twice("notification")
    };
    await peer.sends("INFO");
    await peer.sends("MESSAGE", { headers: ["Content-Type: text/plain"], body: "hi" });
    await peer.sends("NOTIFY", { headers: ["Event: talk", "Subscription-State: active"] });
    await peer.sends("BYE");
    alice.userAgent.delegate = { onMessage: twice("message"), onNotify: twice("notification") };
    await alice.receives(request("MESSAGE", { headers: ["Content-Type: text/plain"], body: "hi" }));
    const headers = ["Event: talk", "Subscription-State: active"];
    await alice.receives(request("NOTIFY", { headers }));
  }),
  "requests with status codes that are none": talking(async (alice, peer) => {
    alice.inviter.delegate = {
      onInfo: (info) => {
        for (const statusCode of [199, 300, 99, 700]) {
          alice.tries(`accept(${statusCode})`, () => info.accept({ statusCode }));
        }
        for (const statusCode of [200, 300, 399, 700]) {
          alice.tries(`reject(${statusCode})`, () => info.reject({ statusCode }));
        }
        alice.tries("reject(699)", () => info.reject({ statusCode: 699 }));
      }
    };
    await peer.sends("INFO");
  }),
  "a session before it is one, and after that": alone(async (alice) => {
    const { Inviter } = alice.stage.library;
    const inviter = new Inviter(alice.userAgent, alice.uri("bob"));
    const bob = alice.uri("bob");
    const all = async (what: string): Promise<void> => {
      await everything(alice, what, inviter, "bye", "cancel");
      for (const method of ["info", "message", "invite"] as const) {
        if (method !== "invite" || what !== "Initial") {
          await alice.does(`${what} ${method}()`, () => inviter[method]());
        }
      }
      await alice.does(`${what} refer()`, () => inviter.refer(bob));
    };
    await alice.does("refer()", () => inviter.refer(bob));
    await alice.does("info()", () => inviter.info());
    await alice.does("message()", () => inviter.message());
    await alice.does("bye()", () => inviter.bye());
    await alice.does("invite()", () => inviter.invite());
    const invite = alice.transport.last;
    await alice.does("invite()", () => inviter.invite());
    await alice.does("refer()", () => inviter.refer(bob));
    await alice.does("bye()", () => inviter.bye());
    const answer = { headers: [contact("bob"), ...sdp], body: "v=0\r\ns=bob\r\n" };
    await alice.receives(reply(invite, 200, answer));
    await all("ended");
  }),
  "arguments that are none": alone(async (alice) => {
    for (const [what, make] of Object.entries(mistakes(alice.stage, alice))) {
      await alice.does(what, () => void make());
    }
    await alice.calls("bob");
  })
};

/** The methods of a delegate, each left away alone, and the request that it is for. */
const requests: { [method: string]: [method: string, headers: string[], body?: string] } = {
  onBye: ["BYE", []],
  onInfo: ["INFO", ["Content-Type: text/plain"], "hi"],
  onInvite: ["INVITE", sdp, "v=0\r\ns=offer\r\n"],
  onMessage: ["MESSAGE", ["Content-Type: text/plain"], "hi"],
  onNotify: ["NOTIFY", ["Event: talk", "Subscription-State: active"]],
  onRefer: ["REFER", ["Refer-To: <sip:carol@example.com>"]]
};

for (const [lacking, [method, headers, body]] of Object.entries(requests)) {
  wrong[`a session whose delegate has no ${lacking}`] = talking(async (alice, peer, stage) => {
    // RFC 3515 section 2.4.4, as in "a transfer", and the call that it leads to.
    stage.overlooks = (message) => /^NOTIFY|^INVITE sip:carol/.test(message);
    delete alice.inviter.delegate![lacking as keyof Ours.SessionDelegate];
    const text = await peer.sends(method, { headers, body });
    if (method === "INVITE") await peer.acknowledges(text);
    await alice.does("info()", () => alice.inviter.info());
  });
}

/** As `departures`, of these. */
export const wrongDepartures: { [script: string]: string[] } = {
  // SIP.js's publisher is left as it is.
  "a publisher in each of its states": [
    "- 0 alice onMessage() throws: Error Invalid state transition from Unpublished to Unpublished",
    "+ 0 alice publisher Terminated"
  ],
  // The message says more.
  "arguments that are none": ["Subscriber", "Publisher"].flatMap((name) => [
    `- 0 alice new ${name}(, undefined) throws: TypeError Cannot read properties of undefined (reading 'clone')`,
    `+ 0 alice new ${name}(, undefined) throws: TypeError Invalid target URI: undefined`
  ]),
  // The NOTIFY that RFC 3515 section 2.4.4 has sent at once has a number too.
  "a session whose delegate has no onRefer": [
    "- 0 alice > INFO (2 INFO)",
    "+ 0 alice > INFO (3 INFO)"
  ]
};
