import { afterEach, expect } from "vitest";
import { Publisher, Subscriber, SubscriptionState, URI } from "../../../js/index.js";
import type {
  Core,
  PublisherOptions,
  SubscriberOptions,
  UserAgent,
  UserAgentOptions
} from "../../../js/index.js";
import { describeDoors } from "./support/line-breaks.js";
import type { Doors } from "./support/line-breaks.js";
import { inDialog, reply, request } from "./support/message-text.js";
import { address, startAgent } from "./support/user-agents.js";
import type { TestAgent } from "./support/user-agents.js";

// The doors (see line-breaks.test.ts) of subscriptions and publications.

let agent: TestAgent;

afterEach(() => agent?.userAgent.userAgentCore.reset());

async function start(options: Partial<UserAgentOptions> = {}): Promise<UserAgent> {
  agent = await startAgent("alice", options);
  return agent.userAgent;
}

const bob = () => address("bob");

async function subscribe(options?: SubscriberOptions, event = "presence", target = bob()) {
  return new Subscriber(await start(), target, event, options).subscribe();
}

async function publish(options?: PublisherOptions, event = "presence", target = bob()) {
  return new Publisher(await start(), target, event, options).publish("open");
}

/** A subscription that has been notified. */
async function subscribed(options?: SubscriberOptions): Promise<Subscriber> {
  const subscriber = new Subscriber(await start(), bob(), "presence", options);
  await subscriber.subscribe();
  const headers = ["Event: presence", "Subscription-State: active;expires=600"];
  const notify = { ...inDialog(agent.transport.last), headers };
  agent.transport.receive(request("NOTIFY", notify));
  expect(subscriber.state).toBe(SubscriptionState.Subscribed);
  return subscriber;
}

const dialogOf = (subscriber: Subscriber) => subscriber.dialog as Core.Subscription;
const params = (each: PublisherOptions["params"]): PublisherOptions => ({ params: each });

const refusing: Doors = [
  ["Subscriber, eventType", (evil) => subscribe({}, evil)],
  ["Subscriber, targetURI", (evil) => subscribe({}, "presence", new URI("sip", "a", evil))],
  ["SubscriberOptions.extraHeaders", (evil) => subscribe({ extraHeaders: ["X-A: " + evil] })],
  ["SubscriberOptions.extraHeaders, a name", (evil) => subscribe({ extraHeaders: [evil + ": a"] })],
  ["SubscriberOptions.contentType", (evil) => subscribe({ body: "a", contentType: evil })],
  [
    "Subscription.subscribe of the core's, extraHeaders",
    async (evil) =>
      dialogOf(await subscribed()).subscribe(undefined, { extraHeaders: ["X-A: " + evil] })
  ],
  ["Publisher, eventType", (evil) => publish({}, evil)],
  ["Publisher, targetURI", (evil) => publish({}, "presence", new URI("sip", "a", evil))],
  ["PublisherOptions.extraHeaders", (evil) => publish({ extraHeaders: ["X-A: " + evil] })],
  ["PublisherOptions.extraHeaders, a name", (evil) => publish({ extraHeaders: [evil + ": a"] })],
  ["PublisherOptions.contentType", (evil) => publish({ contentType: evil })],
  [
    "PublisherOptions.params.fromDisplayName",
    (fromDisplayName) => publish(params({ fromDisplayName }))
  ],
  ["PublisherOptions.params.fromTag", (fromTag) => publish(params({ fromTag }))],
  ["PublisherOptions.params.toDisplayName", (toDisplayName) => publish(params({ toDisplayName }))],
  [
    "PublisherOptions.params.fromUri",
    (evil) => publish(params({ fromUri: new URI("sip", "a", evil) }))
  ],
  ["PublisherOptions.params.toUri", (evil) => publish(params({ toUri: new URI("sip", "a", evil) }))]
];

const harmless: Doors = [
  ["SubscriberOptions.expires", (evil) => subscribe({ expires: evil as unknown as number })],
  ["SubscriberOptions.body", (body) => subscribe({ body, contentType: "a/b" })],
  ["PublisherOptions.expires", (evil) => publish({ expires: evil as unknown as number })],
  ["PublisherOptions.body", (body) => publish({ body })],
  [
    "Publisher.publish, content",
    async (content) => new Publisher(await start(), bob(), "presence").publish(content)
  ],
  [
    "an ETag of the peer's",
    async (evil) => {
      const publisher = new Publisher(await start(), bob(), "presence");
      await publisher.publish("open");
      const headers = ["SIP-ETag: " + evil, "Expires: 600"];
      agent.transport.receive(reply(agent.transport.last, 200, { headers }));
      await publisher.publish("closed");
    }
  ]
];

describeDoors(refusing, harmless, () => agent?.transport.sent);
