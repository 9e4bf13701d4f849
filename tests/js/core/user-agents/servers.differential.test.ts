// User agent servers made by hand: the same responses, the same guards, the same errors.
import { describe } from "vitest";
import { body, establish, script } from "../support/core-stage.js";
import type { CoreStage } from "../support/core-stage.js";

type Any = any;

/** What of a server only its subclasses see. */
const guards = (server: Any): unknown => [
  server.acceptable,
  server.progressable,
  server.redirectable,
  server.rejectable
];

function each(stage: CoreStage, server: Any): void {
  const { core } = stage;
  for (const run of [
    // SIP.js looks for the body first.
    () => void server.accept({ statusCode: 404, body: body("answer") }),
    () => void server.progress({ statusCode: 200 }),
    () => void server.reject({ statusCode: 200 }),
    () => void server.redirect([], { statusCode: 200 }),
    () => void server.trying({ statusCode: 200 })
  ]) {
    stage.step(() => {
      try {
        run();
      } catch (error) {
        stage.step(() => [error instanceof TypeError, error instanceof core.TransactionStateError]);
        throw error;
      }
    });
  }
}

describe("A user agent server made by hand behaves as SIP.js's", () => {
  for (const [name, method] of [
    ["Message", "MESSAGE"],
    ["Notify", "NOTIFY"],
    ["Refer", "REFER"],
    ["Register", "REGISTER"]
  ]) {
    const make = (stage: CoreStage): Any =>
      new (stage.core as Any)[`${name}UserAgentServer`](
        stage.userAgentCore,
        stage.incoming(method),
        stage.delegate()
      );

    script(`${method}, rejected`, (stage) => {
      const server = make(stage);
      stage.step(() => guards(server));
      stage.step(() => [server.transaction.kind, server.transaction.state, server.message.method]);
      stage.step(() => stage.userAgentCore.userAgentServers.get("z9hG4bKin1") === server);
      each(stage, server);
      server.reject({
        statusCode: 404,
        extraHeaders: ["X-B: 2", "X-A: 1"],
        body: body("why"),
        toTag: "mine"
      });
      stage.step(() => guards(server));
      each(stage, server);
    });

    script(`${method}, redirected`, (stage) => {
      const server = make(stage);
      server.redirect([stage.uri("carol")]);
      stage.step(() => guards(server));
    });
  }

  script("a MESSAGE that is accepted", (stage) => {
    const server = new stage.core.MessageUserAgentServer(
      stage.userAgentCore,
      stage.incoming("MESSAGE")
    );
    stage.step(() => server.accept().message === stage.sent.at(-1));
    stage.step(() => void server.accept());
    stage.step(() => void server.progress());
  });

  script("an INVITE that rings and is accepted", (stage) => {
    const message = stage.incoming("INVITE", ["Content-Type: application/sdp"], "offer");
    const server: Any = new stage.core.InviteUserAgentServer(stage.userAgentCore, message);
    const { transaction } = server;
    transaction.addStateChangeListener(() => stage.say(`state ${transaction.state}`));
    stage.step(() => [guards(server), transaction.kind, transaction.id]);
    each(stage, server);
    server.trying();
    const early = server.progress().session;
    stage.step(() => [early.sessionState, early.localTag === server.toTag]);
    const { message: text, session } = server.accept({ statusCode: 200, body: body("answer") });
    stage.step(() => [session.id === early.id, text === stage.sent.at(-1)]);
    stage.step(() => [guards(server), server.transaction.state, session.sessionState]);
    server.accept({ statusCode: 200, body: body("answer") });
    for (const run of [() => server.progress(), () => server.reject(), () => server.trying()]) {
      stage.step(() => void run());
    }
  });

  script("an INVITE whose To gets a tag of the application's", (stage) => {
    const message = stage.incoming("INVITE");
    const server = new stage.core.InviteUserAgentServer(stage.userAgentCore, message);
    stage.step(() => void server.progress({ statusCode: 180, toTag: "mine" }));
  });

  script("an INVITE that is rejected, redirected", (stage) => {
    const first = new stage.core.InviteUserAgentServer(
      stage.userAgentCore,
      stage.incoming("INVITE")
    );
    first.reject();
    stage.step(() => first.transaction.state);
    const second = new stage.core.InviteUserAgentServer(
      stage.userAgentCore,
      stage.incoming("INVITE", ["Call-ID: other"])
    );
    second.redirect([stage.uri("carol")]);
  });

  script("an INVITE that is disposed while it rings", (stage) => {
    const server = new stage.core.InviteUserAgentServer(
      stage.userAgentCore,
      stage.incoming("INVITE")
    );
    server.progress();
    stage.step(() => stage.userAgentCore.dialogs.size);
    server.dispose();
    stage.step(() => stage.userAgentCore.dialogs.size);
  });

  script("a re-INVITE and an INFO within a session", (stage) => {
    const session = establish(stage);
    const to = [`To: <sip:alice@example.com>;tag=${session.localTag}`];
    const callId = [`Call-ID: ${session.callId}`];
    session.delegate = {
      onInvite: (request) => {
        stage.step(() => session.reinviteUserAgentServer === request);
        request.accept({ statusCode: 200, body: body("answer 2") });
      },
      onInfo: (request) => void request.accept({ statusCode: 200, extraHeaders: ["X-A: 1"] })
    };
    const lines = [...to, ...callId];
    stage.userAgentCore.receiveIncomingRequestFromTransport(
      stage.incoming("INFO", [...lines, "CSeq: 1 INFO"])
    );
    session.receiveRequest(
      stage.incoming("INVITE", [...lines, "CSeq: 2 INVITE", "Content-Type: application/sdp"], "o")
    );
    stage.step(() => [session.signalingState, session.remoteSequenceNumber]);
  });
});
