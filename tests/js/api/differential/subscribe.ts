import type * as Ours from "../../../../js/index.js";
import { inDialog, reply, request } from "../support/message-text.js";
import type { Party, Script, Stage } from "./stage.js";

/** What the peer of a subscriber does: nothing arrives but what it says. */
class Notifier {
  private number = 0;

  constructor(private alice: Party) {}

  /** The SUBSCRIBE that was sent last, or the first of all. */
  private sent(last = true): string {
    const all = this.alice.transport.sentWith("SUBSCRIBE");
    return last ? all[all.length - 1] : all.find((each) => !/^To:.*tag=/m.test(each))!;
  }

  answer(status: number, expires = 3600): Promise<void> {
    const headers = [`Expires: ${expires}`, "Contact: <sip:peer@peer.invalid;transport=ws>"];
    return this.alice.receives(reply(this.sent(), status, { headers }));
  }

  notify(state: string, body = "", { tag = "peer", event = "presence" } = {}): Promise<void> {
    const headers = [
      ...(event ? [`Event: ${event}`] : []),
      ...(state ? [`Subscription-State: ${state}`] : []),
      ...(body ? ["Content-Type: text/plain"] : [])
    ];
    // The newest SUBSCRIBE outside of a dialog is the one that it is for.
    const outside = this.alice.transport
      .sentWith("SUBSCRIBE")
      .filter((each) => !/^To:.*tag=/m.test(each));
    const parts = inDialog(outside[outside.length - 1], tag);
    return this.alice.receives(
      request("NOTIFY", { ...parts, cseq: ++this.number, headers, body, branch: this.branch() })
    );
  }

  private branch(): string {
    return `z9hG4bKn${this.number}`;
  }
}

interface Scene {
  alice: Party;
  subscriber: Ours.Subscriber;
  notifier: Notifier;
}

/** Alice, who subscribes to somebody. Nothing that she sends arrives. */
function subscribing(stage: Stage, options: Ours.SubscriberOptions = {}): Scene {
  const { alice, library } = stage;
  stage.loses = () => true;
  const subscriber = new library.Subscriber(alice.userAgent, alice.uri("peer"), "presence", {
    delegate: {
      onNotify: (notification) => {
        alice.note(`onNotify ${subscriber.state} ${notification.request.body}`);
        void notification.accept();
      }
    },
    ...options
  });
  subscriber.stateChange.addListener((state) => alice.note(`subscriber ${state}`));
  return { alice, subscriber, notifier: new Notifier(alice) };
}

async function established(stage: Stage, options?: Ours.SubscriberOptions): Promise<Scene> {
  const scene = subscribing(stage, options);
  await scene.alice.does("subscribe()", () => scene.subscriber.subscribe());
  await scene.notifier.answer(200);
  await scene.notifier.notify("active;expires=3600", "one");
  return scene;
}

function refused(status: number): Script {
  return async (stage) => {
    const { alice, subscriber, notifier } = subscribing(stage);
    await alice.does("subscribe()", () => subscriber.subscribe());
    await notifier.answer(status);
    await alice.does("subscribe()", () => subscriber.subscribe());
    await notifier.notify("active");
  };
}

function ended(reason: string): Script {
  return async (stage) => {
    const { notifier } = await established(stage);
    await notifier.notify(`terminated;reason=${reason}`, "last");
  };
}

/** Subscriptions. */
export const subscriptions: { [name: string]: Script } = {
  "a subscription, notified and ended": async (stage) => {
    const { alice, subscriber, notifier } = await established(stage);
    await notifier.notify("active;expires=1800", "two");
    await alice.does("unsubscribe()", () => subscriber.unsubscribe());
    await notifier.answer(200, 0);
    await notifier.notify("terminated;reason=timeout", "last");
    await alice.does("unsubscribe()", () => subscriber.unsubscribe());
    await alice.does("subscribe()", () => subscriber.subscribe());
  },
  "a subscription, notified before its response": async (stage) => {
    const { alice, subscriber, notifier } = subscribing(stage);
    await alice.does("subscribe()", () => subscriber.subscribe());
    await alice.does("subscribe()", () => subscriber.subscribe());
    await notifier.notify("pending;expires=600", "one");
    await notifier.answer(202, 300);
    await notifier.notify("active", "two");
    alice.note(`${subscriber.dialog?.subscriptionState}`);
    alice.note(`expires in ${subscriber.dialog?.subscriptionExpires}`);
  },
  "a subscription that forks": async (stage) => {
    const { alice, subscriber, notifier } = await established(stage);
    await notifier.notify("active", "two", { tag: "fork" });
    await alice.does("subscribe()", () => subscriber.subscribe());
  },
  "a subscription, refused by 403": refused(403),
  "a subscription, refused by 423": refused(423),
  "a subscription, refused by 489": refused(489),
  "a subscription, redirected": refused(302),
  "a subscription, rejected later": ended("rejected"),
  "a subscription to what is no more": ended("noresource"),
  "a subscription, ended for a reason that nobody knows": ended("whim"),
  "a subscription, deactivated": ended("deactivated"),
  "a subscription, timed out": ended("timeout"),
  "a subscription, deactivated and made anew": async (stage) => {
    const { notifier } = await established(stage);
    await notifier.notify("terminated;reason=deactivated", "last");
    await notifier.answer(200);
    await notifier.notify("active", "anew");
  },
  "a subscription that is over with its first notification": async (stage) => {
    const { alice, subscriber, notifier } = subscribing(stage, { expires: 0 });
    await alice.does("subscribe()", () => subscriber.subscribe());
    await notifier.answer(200, 0);
    await notifier.notify("terminated;reason=noresource", "one");
  },
  "notifications that do not say what they should": async (stage) => {
    const { alice, subscriber, notifier } = subscribing(stage);
    await alice.does("subscribe()", () => subscriber.subscribe());
    await notifier.notify("active", "", { event: "" });
    await notifier.notify("active", "", { event: "dialog" });
    await notifier.notify("");
    await notifier.notify("whatever");
    await notifier.notify("active", "five");
    await notifier.notify("active", "", { event: "" });
    await notifier.notify("active", "", { event: "dialog" });
    await notifier.notify("");
    await notifier.notify("whatever", "nine");
  },
  "a subscription, refreshed": async (stage) => {
    const { alice, subscriber, notifier } = await established(stage);
    await alice.does("subscribe()", () => subscriber.subscribe());
    await notifier.answer(200, 3600);
    await notifier.notify("active;expires=3600", "two");
  },
  "a subscription, refreshed by itself": async (stage) => {
    const { notifier } = await established(stage);
    await stage.passes(3_240_000, 60_000);
    await notifier.answer(200);
    await notifier.notify("active;expires=3600", "two");
    await stage.passes(3_240_000, 60_000);
    await notifier.answer(481);
  },
  "a subscription that nobody notifies of": async (stage) => {
    const { alice, subscriber, notifier } = subscribing(stage);
    await alice.does("subscribe()", () => subscriber.subscribe());
    await notifier.answer(200);
    await stage.passes(33_000);
    await notifier.notify("active");
  },
  "a subscription that nobody answers": async (stage) => {
    const { alice, subscriber } = subscribing(stage);
    await alice.does("subscribe()", () => subscriber.subscribe());
    await stage.passes(33_000);
  },
  "a refresh that brings no notification": async (stage) => {
    const { alice, subscriber, notifier } = await established(stage);
    await alice.does("subscribe()", () => subscriber.subscribe());
    await notifier.answer(200);
    await stage.passes(33_000);
  },
  "a refresh, refused by 481": async (stage) => {
    const { alice, subscriber, notifier } = await established(stage);
    await alice.does("subscribe()", () => subscriber.subscribe());
    await notifier.answer(481);
    await notifier.notify("active", "two");
  },
  "a refresh, refused by 503": async (stage) => {
    const { alice, subscriber, notifier } = await established(stage);
    await alice.does("subscribe()", () => subscriber.subscribe());
    await notifier.answer(503);
    await notifier.notify("terminated", "two");
  },
  "a subscription, given up while it waits": async (stage) => {
    const { alice, subscriber, notifier } = subscribing(stage);
    await alice.does("subscribe()", () => subscriber.subscribe());
    await alice.does("unsubscribe()", () => subscriber.unsubscribe());
    await notifier.answer(200);
    await notifier.notify("active");
  },
  "a subscription that nobody listens to": async (stage) => {
    const { notifier } = await established(stage, { delegate: undefined });
    await notifier.notify("active", "two");
    await notifier.notify("terminated", "three");
  },
  "a subscription, disposed of": async (stage) => {
    const { alice, subscriber, notifier } = await established(stage);
    await alice.does("dispose()", () => subscriber.dispose());
    await notifier.answer(200, 0);
    await notifier.notify("terminated;reason=timeout", "last");
  },
  "a subscription of the core's": async (stage) => {
    const { alice } = stage;
    stage.loses = () => true;
    const { userAgentCore, configuration, contact } = alice.userAgent;
    const make = (...headers: string[]): Ours.Core.OutgoingRequestMessage =>
      userAgentCore.makeOutgoingRequestMessage(
        "SUBSCRIBE",
        alice.uri("peer"),
        configuration.uri,
        alice.uri("peer"),
        {},
        [...headers, `Contact: ${contact.toString()}`]
      );
    let subscription: Ours.Core.Subscription | undefined;
    const delegate: Ours.Core.OutgoingSubscribeRequestDelegate = {
      ...alice.delegateFor("SUBSCRIBE"),
      onNotifyTimeout: () => alice.note("onNotifyTimeout"),
      onNotify: (notify) => {
        subscription = notify.subscription;
        alice.note(`onNotify ${subscription?.subscriptionState} ${subscription?.autoRefresh}`);
        alice.note(`${userAgentCore.dialogs.size} ${userAgentCore.subscribers.size}`);
        notify.request.accept();
      }
    };
    for (const lacking of ["Event: presence", "Expires: 60"]) {
      await alice.does("subscribe()", () => void userAgentCore.subscribe(make(lacking)));
    }
    const request = make("Event: presence", "Expires: 60");
    await alice.does("subscribe()", () => void userAgentCore.subscribe(request, delegate));
    const notifier = new Notifier(alice);
    await notifier.notify("active;expires=60", "one");
    await notifier.answer(200, 60);
    subscription!.delegate = {
      onNotify: (notify) => {
        alice.note(`onNotify ${subscription!.subscriptionState} ${userAgentCore.dialogs.size}`);
        notify.accept();
      },
      onTerminated: () => alice.note("onTerminated")
    };
    await notifier.notify("pending;expires=60", "two");
    const again = alice.delegateFor("SUBSCRIBE again");
    await alice.does("refresh()", () => void (subscription!.refresh().delegate = again));
    await notifier.answer(200, 60);
    await alice.does("unsubscribe()", () => void (subscription!.unsubscribe().delegate = again));
    await notifier.answer(481);
    for (const method of ["refresh", "unsubscribe"] as const) {
      await alice.does(`${method}()`, () => void subscription![method]());
    }
    alice.note(`${subscription!.subscriptionState} ${userAgentCore.dialogs.size}`);
  },
  "what a user agent is not asked often": async (stage) => {
    const { alice } = stage;
    // RFC 3515 section 2.4.4, as in "a transfer".
    stage.overlooks = (message) => message.startsWith("NOTIFY");
    const methods = ["SUBSCRIBE", "REGISTER", "REFER", "NOTIFY"];
    const headers = ["Event: presence", "Expires: 60", "Refer-To: <sip:carol@example.com>"];
    const uri = alice.userAgent.contact.uri.toString();
    for (const method of methods) {
      await alice.receives(request(method, { uri, headers }));
    }
    const answers = (name: string) => (asked: Ours.Core.IncomingRequest) => {
      alice.note(`${name} ${asked.message.method}`);
      asked.accept();
    };
    alice.userAgent.delegate = {
      onReferRequest: answers("onReferRequest"),
      onRegisterRequest: answers("onRegisterRequest"),
      onSubscribeRequest: answers("onSubscribeRequest"),
      onNotify: (notification) => {
        alice.note("onNotify");
        void notification.accept();
      }
    };
    for (const method of methods) {
      await alice.receives(request(method, { uri, headers }));
    }
    alice.userAgent.userAgentCore.delegate = {};
    for (const method of methods) {
      await alice.receives(request(method, { uri, headers }));
    }
  }
};
