// User agent clients made by hand: the same requests, the same events, the same members.
import { describe } from "vitest";
import { body, establish, script } from "../support/core-stage.js";

type Any = any;

describe("A user agent client made by hand behaves as SIP.js's", () => {
  for (const [name, method] of [
    ["Message", "MESSAGE"],
    ["Register", "REGISTER"]
  ]) {
    for (const status of [200, 302, 404, 603]) {
      script(`${method}, answered ${status}`, (stage) => {
        const request = stage.request(method, ["X-B: 2", "X-A: 1"]);
        const client = new (stage.core as Any)[`${name}UserAgentClient`](
          stage.userAgentCore,
          request,
          stage.delegate()
        );
        stage.step(() => [client.message === request, client.transaction.state]);
        stage.step(() => [client.transaction.kind, client.transaction.id === request.branch]);
        stage.step(
          () => stage.userAgentCore.userAgentClients.get(request.branch + method) === client
        );
        stage.respond(100);
        stage.step(() => client.transaction.state);
        stage.respond(status);
        stage.step(() => client.loggerFactory === stage.loggerFactory);
      });
    }
  }

  script("any other request", (stage) => {
    const { UserAgentClient, NonInviteClientTransaction } = stage.core;
    const client = new UserAgentClient(
      NonInviteClientTransaction,
      stage.userAgentCore,
      stage.request("OPTIONS"),
      stage.delegate()
    );
    stage.step(() => client.transaction instanceof NonInviteClientTransaction);
    stage.respond(180);
    stage.respond(200);
  });

  script("a challenge that is answered, and one that is not", (stage) => {
    const challenge = (nonce: string): string[] => [
      `WWW-Authenticate: Digest realm="r", nonce="${nonce}", qop="auth"`
    ];
    const client = new stage.core.MessageUserAgentClient(
      stage.userAgentCore,
      stage.request("MESSAGE"),
      stage.delegate()
    );
    const first = client.transaction;
    stage.respond(401, { headers: challenge("a") });
    stage.step(() => [client.transaction === first, client.message.cseq]);
    stage.respond(401, { headers: challenge("b") });
  });

  script("the states of the transaction of an INVITE", (stage) => {
    const client = new stage.core.InviteUserAgentClient(
      stage.userAgentCore,
      stage.request("INVITE"),
      stage.delegate()
    );
    const { transaction } = client;
    transaction.addStateChangeListener(() => {
      // SIP.js's Timer D fires by setTimeout.
      if (transaction.state !== "Terminated") stage.say(`state ${transaction.state}`);
    });
    stage.step(() => [transaction.state, transaction.kind, transaction.request === client.message]);
    stage.respond(100);
    stage.respond(180);
    stage.respond(486);
  });

  script("an INVITE that is cancelled", (stage) => {
    const client = new stage.core.InviteUserAgentClient(
      stage.userAgentCore,
      stage.request("INVITE"),
      stage.delegate()
    );
    const invite = stage.sent[0];
    stage.respond(180);
    stage.step(() => {
      const cancel = client.cancel("SIP;cause=200", { extraHeaders: ["X-A: 1"] });
      return [cancel.method, cancel.getHeader("Reason"), cancel.branch === client.message.branch];
    });
    stage.respond(487, {}, invite);
  });

  script("a CANCEL of its own", (stage) => {
    const invite = new stage.core.InviteUserAgentClient(
      stage.userAgentCore,
      stage.request("INVITE"),
      stage.delegate()
    );
    stage.respond(180);
    const { message } = invite;
    const cancel = stage.userAgentCore.makeOutgoingRequestMessage(
      "CANCEL",
      message.ruri,
      message.fromURI,
      message.toURI,
      { callId: message.callId, fromTag: message.fromTag, cseq: message.cseq }
    );
    cancel.branch = message.branch;
    const client = new stage.core.CancelUserAgentClient(
      stage.userAgentCore,
      cancel,
      stage.delegate()
    );
    stage.step(() => client.transaction.state);
    stage.respond(200);
    stage.respond(487, {}, stage.sent[0]);
  });

  for (const [name, extraHeaders] of [
    ["Bye", []],
    ["Info", ["X-A: 1"]],
    ["Notify", ["Event: refer"]],
    ["Prack", ["RAck: 1 1 INVITE"]],
    ["Refer", ["Refer-To: <sip:carol@example.com>"]]
  ] as const) {
    script(`${name} within a session`, (stage) => {
      const session = establish(stage);
      const client = new (stage.core as Any)[`${name}UserAgentClient`](session, stage.delegate(), {
        extraHeaders: [...extraHeaders]
      });
      stage.step(() => [client.message.method, client.transaction.state]);
      stage.respond(200);
      stage.step(() => client.message.cseq);
    });
  }

  script("a re-INVITE, and another one", (stage) => {
    const session = establish(stage);
    const client = new stage.core.ReInviteUserAgentClient(session, stage.delegate(), {
      body: body("offer 2")
    });
    stage.step(() => session.reinviteUserAgentClient === client);
    stage.step(() => session.signalingState);
    stage.respond(488);
    stage.step(() => session.sessionState);
  });
});
