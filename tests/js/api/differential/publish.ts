import type * as Ours from "../../../../js/index.js";
import { reply } from "../support/message-text.js";
import type { Party, Script, Stage } from "./stage.js";

interface Scene {
  alice: Party;
  publisher: Ours.Publisher;
  /** The server answers the PUBLISH that was sent last. */
  answer(status: number, tag?: string, ...headers: string[]): Promise<void>;
  publish(content: string): Promise<void>;
}

function publishing(stage: Stage, options: Ours.PublisherOptions = {}): Scene {
  const { alice, library } = stage;
  stage.loses = () => true;
  const publisher = new library.Publisher(alice.userAgent, alice.uri("alice"), "presence", options);
  publisher.stateChange.addListener((state) => alice.note(`publisher ${state}`));
  return {
    alice,
    publisher,
    answer: (status, tag, ...headers) => {
      const granted = tag ? [`SIP-ETag: ${tag}`, "Expires: 3600"] : [];
      const sent = alice.transport.sentWith("PUBLISH");
      return alice.receives(
        reply(sent[sent.length - 1], status, { headers: [...granted, ...headers] })
      );
    },
    publish: (content) => alice.does(`publish(${content})`, () => publisher.publish(content))
  };
}

function refused(status: number): Script {
  return async (stage) => {
    const { answer, publish } = publishing(stage);
    await publish("one");
    await answer(status);
  };
}

/** Publications. */
export const publications: { [name: string]: Script } = {
  "a publication, modified and removed": async (stage) => {
    const { alice, publisher, answer, publish } = publishing(stage);
    await publish("one");
    await answer(200, "e1");
    await publish("two");
    await answer(200, "e2");
    await alice.does("unpublish()", () => publisher.unpublish());
    await answer(200);
    await publish("three");
    await answer(200, "e3");
  },
  "a publication whose state is gone": async (stage) => {
    const { answer, publish } = publishing(stage);
    await publish("one");
    await answer(200, "e1");
    await publish("two");
    await answer(412);
    await answer(200, "e2");
    await publish("three");
  },
  "a publication for too short a time": async (stage) => {
    const { answer, publish } = publishing(stage, { expires: 60 });
    await publish("one");
    await answer(423, undefined, "Min-Expires: 3600");
    await answer(200, "e1");
  },
  "a publication, refused by 403": refused(403),
  "a publication, refused by 412": refused(412),
  "a publication, refused by 503": refused(503),
  "a publication, redirected": refused(302),
  "a publication, refused once it is there": async (stage) => {
    const { answer, publish } = publishing(stage);
    await publish("one");
    await answer(200, "e1");
    await publish("two");
    await answer(403);
  },
  "a publication that cannot be removed": async (stage) => {
    const { alice, publisher, answer, publish } = publishing(stage);
    await publish("one");
    await answer(200, "e1");
    await alice.does("unpublish()", () => publisher.unpublish());
    await answer(412);
  },
  "a publisher that has nothing to remove": async (stage) => {
    const { alice, publisher } = publishing(stage);
    await alice.does("unpublish()", () => publisher.unpublish());
    await alice.does("dispose()", () => publisher.dispose());
    await alice.does("dispose()", () => publisher.dispose());
  },
  "a publisher, disposed of": async (stage) => {
    const { alice, publisher, answer, publish } = publishing(stage);
    await publish("one");
    await answer(200, "e1");
    await alice.does("dispose()", () => publisher.dispose());
    await answer(200);
  },
  "a publisher, disposed of, whose state is to stay": async (stage) => {
    const { alice, publisher, answer, publish } = publishing(stage, { unpublishOnClose: false });
    await publish("one");
    await answer(200, "e1");
    await alice.does("dispose()", () => publisher.dispose());
  },
  "a publisher of a user agent that stops": async (stage) => {
    const { alice, answer, publish } = publishing(stage);
    await publish("one");
    await answer(200, "e1");
    await alice.does("stop()", () => alice.userAgent.stop());
  },
  "a publication, refreshed": async (stage) => {
    const { answer, publish } = publishing(stage, { expires: 3600 });
    await publish("one");
    await answer(200, "e1");
    await stage.passes(3_240_000, 60_000);
    await answer(200, "e2");
    await stage.passes(3_240_000, 60_000);
    await answer(412);
    await answer(200, "e3");
  },
  "two publications at once": async (stage) => {
    const { alice, publisher, answer } = publishing(stage);
    await alice.does("publish() twice", () => {
      alice.tries("first", () => publisher.publish("one"));
      return publisher.publish("two");
    });
    await answer(200, "e1");
  }
};
