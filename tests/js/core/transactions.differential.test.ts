// The same scripts drive SIP.js's bare transactions and ours; what is sent, what the user is told,
// what is thrown and when must be the same.
import * as theirs from "sip.js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as ours from "../../../js/index.js";

type Core = typeof theirs.Core;
type Any = any;

interface Stage {
  core: Core;
  said: string[];
  /** What sends; rejects while `failure` is set. */
  transport: { protocol: string; failure?: unknown; send(text: string): Promise<void> };
  user: Any;
  request(method: string): Any;
  incoming(method: string): Any;
  response(status: number, members?: object): Any;
  client(kind: string, request?: Any): Any;
  server(kind: string, method?: string): Any;
  /** Runs a step and writes down what it throws. */
  step(run: () => unknown): void;
  pass(ms: number): Promise<void>;
}

const script = (name: string, run: (stage: Stage) => Promise<void>): void =>
  it(name, async () => {
    const [a, b] = [await play(theirs as Any, run), await play(ours as Any, run)];
    expect(b).toEqual(a);
    expect(a.length).toBeGreaterThan(2);
  });

async function play(library: Any, run: (stage: Stage) => Promise<void>): Promise<string[]> {
  const core = library.Core as Core;
  const said: string[] = [];
  const say = (line: string): void => {
    said.push(line.replace(/z9hG4bK(?!in)\w+/g, "BRANCH"));
  };
  const loggerFactory = new core.LoggerFactory();
  loggerFactory.builtinEnabled = false;
  const uri = new library.URI("sip", "bob", "example.com");
  const stage: Stage = {
    core,
    said,
    transport: {
      protocol: "WSS",
      send(text) {
        say(`send ${text}`);
        return this.failure ? Promise.reject(this.failure) : Promise.resolve();
      }
    },
    user: {
      loggerFactory,
      onStateChange: (state: string) => say(`state ${state}`),
      onTransportError: (error: Error) => say(`transport error ${error.message}`),
      onRequestTimeout: () => say("timeout"),
      receiveResponse: (response: Any) => say(`received ${response.statusCode}`)
    },
    request: (method) =>
      new core.OutgoingRequestMessage(method, uri, new library.URI("sip", "al", "a.com"), uri, {
        viaHost: "host.invalid",
        callId: "call",
        fromTag: "from",
        routeSet: ["<sip:p1;lr>"]
      }),
    incoming: (method) => ({ method, viaBranch: "z9hG4bKin" }),
    response: (statusCode, members = {}) => ({
      statusCode,
      toTag: "to",
      getHeader: () => "<sip:bob@example.com>;tag=to",
      ...members
    }),
    client: (kind, request = stage.request(kind === "Invite" ? "INVITE" : "OPTIONS")) => {
      // What a request is like when it is sent is compared elsewhere.
      request.toString = () => `REQUEST ${request.getHeader("Via")}`;
      return new (core as Any)[`${kind}ClientTransaction`](request, stage.transport, stage.user);
    },
    server: (kind, method = kind === "Invite" ? "INVITE" : "OPTIONS") =>
      new (core as Any)[`${kind}ServerTransaction`](
        stage.incoming(method),
        stage.transport,
        stage.user
      ),
    step: (run) => {
      try {
        const result = run();
        if (result !== undefined) say(`= ${JSON.stringify(result)}`);
      } catch (error) {
        const { name, message } = error as Error;
        say(`throws ${name} ${message.replace("Non", "non")}`);
      }
    },
    pass: async (ms) => {
      await vi.advanceTimersByTimeAsync(ms);
      say(`after ${ms} ms`);
    }
  };
  await run(stage);
  await vi.advanceTimersByTimeAsync(64_000);
  return said;
}

describe("a bare transaction behaves as SIP.js's", () => {
  // The clock stays real, as in jasmine: only the timers are faked.
  const toFake = ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] as const;
  beforeEach(() => void vi.useFakeTimers({ toFake: [...toFake] }));
  afterEach(() => void vi.useRealTimers());

  script("INVITE client, refused", async (stage) => {
    const t = stage.client("Invite");
    stage.step(() => [t.id === t.request.branch, t.kind, t.state]);
    for (const status of [100, 180, 486, 486, 200, 180]) {
      stage.step(() => t.receiveResponse(stage.response(status)));
    }
    await stage.pass(0);
    stage.step(() => t.receiveResponse(stage.response(486)));
    stage.step(() => t.state);
  });

  script("INVITE client, accepted by two, acknowledged once", async (stage) => {
    const t = stage.client("Invite");
    const ack = { toTag: "to", setViaHeader: () => {}, toString: () => "ACK" };
    const twoHundred = (members?: object): void =>
      stage.step(() => t.receiveResponse(stage.response(200, members)));
    twoHundred();
    twoHundred();
    stage.step(() => t.ackResponse(ack));
    twoHundred();
    twoHundred({ toTag: "other" });
    twoHundred({ toTag: undefined });
    stage.step(() => t.ackResponse({ ...ack, toTag: undefined }));
    stage.step(() => t.receiveResponse(stage.response(486)));
    await stage.pass(31_999);
    await stage.pass(1);
  });

  script("INVITE client, without an answer", async (stage) => {
    stage.client("Invite");
    await stage.pass(31_999);
    await stage.pass(1);
  });

  script("INVITE client, given what is no status code", async (stage) => {
    const t = stage.client("Invite");
    for (const status of [0, 99, 700, undefined]) {
      stage.step(() => t.receiveResponse({ statusCode: status }));
    }
    t.dispose();
    stage.step(() => t.state);
  });

  for (const failure of [new Error("gone"), "gone"]) {
    script(`INVITE client, whose transport fails with ${typeof failure}`, async (stage) => {
      stage.transport.failure = failure;
      const t = stage.client("Invite");
      stage.step(() => t.state);
      await stage.pass(0);
      stage.step(() => t.state);
    });
  }

  script("INVITE client, whose ACK cannot be sent", async (stage) => {
    const t = stage.client("Invite");
    stage.transport.failure = new Error("gone");
    stage.step(() => t.receiveResponse(stage.response(603)));
    await Promise.resolve();
    await stage.pass(0);
  });

  script("listeners, once and removed", async (stage) => {
    const t = stage.client("Invite");
    const listener = (): unknown => stage.said.push(`heard ${t.state}`);
    t.addStateChangeListener(listener);
    t.addStateChangeListener(() => stage.said.push("once"), { once: true });
    t.receiveResponse(stage.response(100));
    t.receiveResponse(stage.response(200));
    t.removeStateChangeListener(listener);
    await stage.pass(32_000);
  });

  script("a user that throws", async (stage) => {
    stage.user.onStateChange = () => {
      throw new Error("of the user");
    };
    const t = stage.client("Invite");
    stage.step(() => t.receiveResponse(stage.response(180)));
    stage.step(() => t.state);
    stage.step(() => t.receiveResponse(stage.response(181)));
    t.dispose();
  });

  script("non-INVITE client", async (stage) => {
    const t = stage.client("NonInvite");
    stage.step(() => [t.kind, t.state]);
    for (const status of [100, 180, 200, 200, 180]) {
      stage.step(() => t.receiveResponse(stage.response(status)));
    }
    await stage.pass(0);
    stage.step(() => t.receiveResponse(stage.response(200)));
    stage.step(() => t.receiveResponse(stage.response(5)));
  });

  script("non-INVITE client, told of a 408", async (stage) => {
    const t = stage.client("NonInvite");
    stage.step(() => t.receiveResponse(stage.response(408)));
    await stage.pass(0);
  });

  script("non-INVITE client, without an answer", async (stage) => {
    stage.client("NonInvite");
    await stage.pass(31_999);
    await stage.pass(1);
  });

  script("non-INVITE client, whose transport fails", async (stage) => {
    stage.transport.failure = new Error("gone");
    stage.client("NonInvite");
    await stage.pass(0);
  });

  script("CANCEL client, which has the branch of its INVITE", async (stage) => {
    stage.step(() => void stage.client("NonInvite", stage.request("CANCEL")));
    const cancel = stage.request("CANCEL");
    cancel.setViaHeader("z9hG4bKin", "WSS");
    const t = stage.client("NonInvite", cancel);
    stage.step(() => t.id);
  });

  script("INVITE server, that rings and refuses", async (stage) => {
    const t = stage.server("Invite");
    stage.step(() => [t.id, t.kind, t.state]);
    t.receiveRequest(stage.incoming("INVITE"));
    stage.step(() => t.receiveResponse(100, "TRYING"));
    t.receiveRequest(stage.incoming("INVITE"));
    await stage.pass(60_000);
    stage.step(() => t.receiveResponse(180, "RINGING"));
    await stage.pass(60_000);
    for (const method of ["INVITE", "BYE", "ACK"]) t.receiveRequest(stage.incoming(method));
    stage.step(() => t.retransmitAcceptedResponse());
    stage.step(() => t.receiveResponse(0, "NONE"));
    stage.step(() => t.receiveResponse(486, "BUSY"));
    t.receiveRequest(stage.incoming("INVITE"));
    stage.step(() => t.receiveResponse(200, "OK"));
    for (const method of ["BYE", "ACK", "ACK", "INVITE"]) t.receiveRequest(stage.incoming(method));
    stage.step(() => t.receiveResponse(486, "BUSY"));
    await stage.pass(0);
    t.receiveRequest(stage.incoming("ACK"));
    stage.step(() => t.receiveResponse(200, "OK"));
  });

  script("INVITE server, that accepts", async (stage) => {
    const t = stage.server("Invite");
    stage.step(() => t.receiveResponse(200, "OK"));
    t.receiveRequest(stage.incoming("INVITE"));
    stage.step(() => t.receiveResponse(200, "AGAIN"));
    stage.step(() => t.retransmitAcceptedResponse());
    for (const status of [486, 180]) stage.step(() => t.receiveResponse(status, "NO"));
    t.receiveRequest(stage.incoming("ACK"));
    await stage.pass(32_000);
    stage.step(() => t.retransmitAcceptedResponse());
  });

  script("INVITE server, whose refusal is not acknowledged", async (stage) => {
    const t = stage.server("Invite");
    stage.step(() => t.receiveResponse(486, "BUSY"));
    await stage.pass(31_999);
    await stage.pass(1);
  });

  script("INVITE server, whose transport fails", async (stage) => {
    const t = stage.server("Invite");
    stage.transport.failure = new Error("gone");
    for (const status of [180, 200]) {
      stage.step(() => t.receiveResponse(status, "TEXT"));
      await stage.pass(0);
      stage.step(() => t.state);
    }
  });

  script("non-INVITE server", async (stage) => {
    const t = stage.server("NonInvite");
    stage.step(() => [t.id, t.kind, t.state]);
    t.receiveRequest(stage.incoming("OPTIONS"));
    for (const status of [180, 0, 700]) stage.step(() => t.receiveResponse(status, "NO"));
    stage.step(() => t.receiveResponse(100, "TRYING"));
    t.receiveRequest(stage.incoming("OPTIONS"));
    stage.step(() => t.receiveResponse(200, "OK"));
    t.receiveRequest(stage.incoming("OPTIONS"));
    for (const status of [200, 100]) stage.step(() => t.receiveResponse(status, "NO"));
    await stage.pass(0);
    t.receiveRequest(stage.incoming("OPTIONS"));
    stage.step(() => t.receiveResponse(200, "OK"));
  });

  script("non-INVITE server, whose transport fails", async (stage) => {
    stage.transport.failure = new Error("gone");
    const t = stage.server("NonInvite");
    stage.step(() => t.receiveResponse(200, "OK"));
    await stage.pass(0);
    stage.step(() => t.state);
  });
});

it("a transaction whose transport throws has never been, where SIP.js's times out", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  await play(ours as Any, async (stage) => {
    stage.transport.send = () => {
      throw new Error("thrown");
    };
    expect(() => stage.client("Invite")).toThrow("thrown");
    await vi.advanceTimersByTimeAsync(32_000);
    expect(stage.said).toEqual([]);
  });
  vi.useRealTimers();
});

describe("over an unreliable transport, as RFC 3261 and not SIP.js has it", () => {
  it("a request is sent again until it times out", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    let sent = 0;
    const request = { method: "OPTIONS", setViaHeader: () => {}, toString: () => "REQUEST" };
    const transport = { protocol: "UDP", send: async () => void sent++ };
    const user = { loggerFactory: new ours.Core.LoggerFactory() };
    const t = new ours.Core.NonInviteClientTransaction(request as Any, transport, user);
    await vi.advanceTimersByTimeAsync(32_000);
    expect([sent, t.state]).toEqual([11, "Terminated"]);
    vi.useRealTimers();
  });
});
