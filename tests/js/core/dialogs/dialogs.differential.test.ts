// Dialogs by hand: states out of messages, dialogs out of states, and what is sent within them.
import { describe, expect, it } from "vitest";
import { body, establish, playOurs, script } from "../support/core-stage.js";
import type { CoreStage } from "../support/core-stage.js";

type Any = any;

/** A state as text. */
const shown = (state: Any): unknown => ({
  ...state,
  localURI: String(state.localURI),
  remoteURI: String(state.remoteURI),
  remoteTarget: String(state.remoteTarget)
});

const routes = ["Record-Route: <sip:p1;lr>", "Record-Route: <sip:p2;lr>"];

/** The state that a response of the peer makes. */
function stateOf(stage: CoreStage, status: number): Any {
  const request = stage.userAgentCore.makeOutgoingRequestMessage(
    "INVITE",
    stage.uri("bob"),
    stage.uri("alice"),
    stage.uri("bob"),
    { callId: "call", fromTag: "alice", cseq: 7 }
  );
  const response = stage.core.Parser.parseMessage(
    [
      `SIP/2.0 ${status} Fine`,
      "Via: SIP/2.0/WSS host.invalid;branch=z9hG4bKin",
      "From: <sip:alice@example.com>;tag=alice",
      "To: <sip:bob@example.com>;tag=bob",
      "Call-ID: call",
      "CSeq: 7 INVITE",
      "Contact: <sip:bob@peer.invalid>",
      ...routes,
      "Content-Length: 0",
      "",
      ""
    ].join("\r\n"),
    stage.logger
  );
  return stage.core.Dialog.initialDialogStateForUserAgentClient(request, response as Any);
}

/** A session out of such a state, of a transaction of its own. */
function made(stage: CoreStage, status = 200, delegate?: Any): Any {
  const transaction = new stage.core.InviteClientTransaction(
    stage.request("INVITE"),
    stage.userAgentCore.transport,
    { loggerFactory: stage.loggerFactory }
  );
  return new stage.core.SessionDialog(
    transaction,
    stage.userAgentCore,
    stateOf(stage, status),
    delegate
  );
}

const within = (cseq: number, method: string): string[] => [
  "To: <sip:alice@example.com>;tag=alice",
  "Call-ID: call",
  `CSeq: ${cseq} ${method}`
];

describe("A dialog by hand is as SIP.js's", () => {
  for (const status of [180, 200]) {
    script(`the state that a ${status} makes`, (stage) => {
      stage.step(() => shown(stateOf(stage, status)));
    });
  }

  for (const early of [true, false, undefined]) {
    script(`the state that a request makes, early: ${early}`, (stage) => {
      const message = stage.incoming("INVITE", routes);
      const { Dialog } = stage.core;
      stage.step(() => shown(Dialog.initialDialogStateForUserAgentServer(message, "mine", early)));
    });
  }

  script("the state that a NOTIFY makes", (stage) => {
    const subscribe = stage.userAgentCore.makeOutgoingRequestMessage(
      "SUBSCRIBE",
      stage.uri("bob"),
      stage.uri("alice"),
      stage.uri("bob"),
      { callId: "call", fromTag: "alice", cseq: 7 }
    );
    const notify = stage.incoming("NOTIFY", [
      ...routes,
      "To: <sip:alice@example.com>;tag=alice",
      "Call-ID: call",
      "CSeq: 3 NOTIFY"
    ]);
    const { SubscriptionDialog } = stage.core;
    stage.step(() =>
      shown(SubscriptionDialog.initialDialogStateForSubscription(subscribe, notify))
    );
  });

  script("what its getters say", (stage) => {
    const session = made(stage);
    stage.step(() => [session.id, session.callId, session.localTag, session.remoteTag]);
    stage.step(() => [session.early, session.secure, session.routeSet]);
    stage.step(() => [session.localSequenceNumber, session.remoteSequenceNumber]);
    stage.step(() => [session.localURI, session.remoteURI, session.remoteTarget].map(String));
    stage.step(() => [session.userAgentCore === stage.userAgentCore, session.sessionState]);
    stage.step(() => stage.userAgentCore.dialogs.get(session.id) === session);
    session.dispose();
    stage.step(() => stage.userAgentCore.dialogs.size);
  });

  script("requests within it, in order", (stage) => {
    const session = made(stage);
    session.info(stage.delegate(), { extraHeaders: ["X-A: 1"] });
    stage.respond(200);
    session.message(stage.delegate(), { body: body("hello") });
    stage.respond(404);
    stage.step(() => session.localSequenceNumber);
    session.bye(stage.delegate());
    stage.respond(200);
  });

  script("a request that comes in within it", (stage) => {
    const session = made(stage, 200, {
      onInfo: (request: Any) => {
        stage.say(`onInfo ${request.message.getHeader("X-A")}`);
        request.accept();
      }
    });
    stage.userAgentCore.receiveIncomingRequestFromTransport(
      stage.incoming("INFO", [...within(3, "INFO"), "X-A: 1"])
    );
    stage.step(() => session.remoteSequenceNumber);
    session.receiveRequest(stage.incoming("MESSAGE", within(4, "MESSAGE")));
    session.receiveRequest(stage.incoming("INFO", within(2, "INFO")));
    stage.step(() => session.remoteSequenceNumber);
    session.receiveRequest(stage.incoming("BYE", within(5, "BYE")));
  });

  script("an early one that is confirmed", (stage) => {
    const session = made(stage, 180);
    stage.step(() => [session.early, session.sessionState]);
    session.confirm();
    stage.step(() => [session.early, session.sessionState]);
    session.bye();
  });

  script("a request that it makes and a client sends", (stage) => {
    const session = establish(stage);
    const { UserAgentClient, NonInviteClientTransaction } = stage.core;
    const request = session.createOutgoingRequestMessage("INFO", { extraHeaders: ["X-A: 1"] });
    stage.step(() => [request.method, request.cseq, request.callId === session.callId]);
    void new UserAgentClient(NonInviteClientTransaction, stage.userAgentCore, request);
    stage.step(() => request.toString() === stage.sent.at(-1));
    const numbered = session.createOutgoingRequestMessage("INFO", { cseq: 20 });
    void new UserAgentClient(NonInviteClientTransaction, stage.userAgentCore, numbered);
  });

  script("a number that is left out", (stage) => {
    const session = made(stage);
    session.incrementLocalSequenceNumber();
    stage.step(() => session.localSequenceNumber);
    session.info();
  });

  script("the exchange of offers and answers", (stage) => {
    const session = made(stage);
    stage.step(() => session.signalingState);
    const described = ["Content-Type: application/sdp"];
    const state = (): unknown => [
      session.signalingState,
      session.offer?.content,
      session.answer?.content
    ];
    session.signalingStateTransition(body("offer"));
    stage.step(state);
    session.signalingStateTransition(stage.incoming("INVITE", described, "answer"));
    stage.step(state);
    session.signalingStateTransition(stage.incoming("INVITE", described, "offer 2"));
    stage.step(state);
    session.signalingStateRollback();
    stage.step(() => session.signalingState);
    session.signalingStateTransition(body("offer 3"));
    stage.step(state);
  });
});

describe("A dialog by hand", () => {
  it("takes the route set of a 2xx", async () => {
    const lines = await playOurs((stage) => {
      const session = made(stage, 180);
      const ok = stage.core.Parser.parseMessage(
        [
          "SIP/2.0 200 OK",
          "Via: SIP/2.0/WSS host.invalid;branch=z9hG4bKin",
          "From: <sip:alice@example.com>;tag=alice",
          "To: <sip:bob@example.com>;tag=bob",
          "Call-ID: call",
          "CSeq: 7 INVITE",
          "Record-Route: <sip:p3;lr>",
          "Content-Length: 0",
          "",
          ""
        ].join("\r\n"),
        stage.logger
      );
      session.recomputeRouteSet(ok);
      stage.step(() => session.routeSet);
      session.confirm();
      session.info();
    });
    expect(lines[1]).toBe('= ["<sip:p3;lr>"]');
    expect(lines[2]).toContain("Route: <sip:p3;lr>");
  });

  it("is refused twice, and when it is malformed, and leaves nothing behind", async () => {
    const lines = await playOurs((stage) => {
      made(stage);
      stage.step(() => made(stage));
      const state = stateOf(stage, 200);
      const { SessionDialog } = stage.core;
      stage.step(
        () => new SessionDialog(null as Any, stage.userAgentCore, { ...state, callId: "" })
      );
      stage.step(() => stage.userAgentCore.dialogs.size);
    });
    expect(lines.slice(-3)).toEqual([
      "throws Error there is such a dialog",
      expect.stringMatching(/^throws TypeError /),
      "= 1"
    ]);
  });

  it("waits for the ACK of a 2xx that its transaction has sent", async () => {
    const lines = await playOurs((stage) => {
      const { Dialog, InviteServerTransaction, SessionDialog } = stage.core;
      const invite = stage.incoming("INVITE", ["CSeq: 4 INVITE"]);
      const transaction = new InviteServerTransaction(invite, stage.userAgentCore.transport, {
        loggerFactory: stage.loggerFactory
      });
      const state = Dialog.initialDialogStateForUserAgentServer(invite, "alice", true);
      const session = new SessionDialog(transaction, stage.userAgentCore, state, {
        onAck: () => stage.say("onAck")
      });
      const ok = { statusCode: 200, toTag: "alice" };
      transaction.receiveResponse(200, stage.core.constructOutgoingResponse(invite, ok).message);
      session.confirm();
      stage.step(() => session.sessionState);
      stage.userAgentCore.receiveIncomingRequestFromTransport(
        stage.incoming("ACK", within(4, "ACK"))
      );
      stage.step(() => session.sessionState);
    });
    expect(lines.slice(1)).toEqual(['= "AckWait"', "onAck", '= "Confirmed"']);
  });
});
