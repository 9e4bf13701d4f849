import * as Reference from "sip.js";
import { describe, expect, it } from "vitest";
import * as Ours from "../../../js/index.js";
import { request } from "./support/message-text.js";

// Small classes and functions by themselves: the same done to both gives the same.

type Library = typeof Ours;
type Any = any;

/** What becomes of a step: a value, or an error by its class. */
async function outcome(step: () => unknown): Promise<unknown> {
  try {
    return await step();
  } catch (error) {
    return `${(error as Error).constructor.name}: ${(error as Error).message}`;
  }
}

function same(name: string, run: (library: Library) => unknown): void {
  it(name, async () => {
    const theirs = await run(Reference as unknown as Library);
    expect(theirs).toBeDefined();
    expect(await run(Ours)).toEqual(theirs);
  });
}

function parse({ Core }: Library, text: string): Any {
  const loggerFactory = new Core.LoggerFactory();
  loggerFactory.builtinEnabled = false;
  return Core.Parser.parseMessage(text, loggerFactory.getLogger("test"));
}

const makeAgent = ({ UserAgent }: Library): Ours.UserAgent =>
  new UserAgent({
    uri: UserAgent.makeURI("sip:alice@example.com"),
    transportOptions: { server: "wss://example.com" },
    logBuiltinEnabled: false
  });

describe("An exception is SIP.js's", () => {
  const names = [
    "ContentTypeUnsupportedError",
    "RequestPendingError",
    "SessionDescriptionHandlerError",
    "SessionTerminatedError",
    "StateTransitionError",
    "Core.Exception",
    "Core.TransactionStateError",
    "Core.TransportError"
  ];
  for (const name of names) {
    same(name, (library) => {
      const Class = name.split(".").reduce((at: Any, each) => at[each], library);
      return [undefined, "", "Own words."].map((message) => {
        const error = new Class(message);
        const is = [Error, library.Core.Exception, Class].map((each) => error instanceof each);
        return [error.message, error.name, String(error), is, typeof error.stack];
      });
    });
  }
});

describe("What a delegate is given for a request is SIP.js's", () => {
  for (const name of ["Ack", "Cancel", "Bye", "Info", "Message", "Notification"] as const) {
    same(name, async (library) => {
      const calls: unknown[] = [];
      const message = { method: name };
      const incoming = {
        message,
        accept: (options: unknown) => calls.push(["accept", options]),
        reject: (options: unknown) => calls.push(["reject", options])
      };
      // The request of a Cancel is its message.
      const each = new (library[name] as Any)(name === "Cancel" ? message : incoming);
      const options = { statusCode: 299, extraHeaders: ["X-A: 1"] };
      const results: unknown[] = [each.request === message];
      for (const method of ["accept", "reject"]) {
        for (const given of [undefined, options]) {
          results.push(await outcome(() => each[method]?.(given)));
        }
      }
      incoming.accept = incoming.reject = () => {
        throw new library.Core.TransactionStateError("Too late.");
      };
      const late = [];
      for (const method of ["accept", "reject"]) {
        if (each[method]) {
          late.push(await outcome(() => each[method]()));
          // Thrown or rejected?
          late.push(await outcome(() => each[method]().catch(() => "rejected")));
        }
      }
      return [results, calls, late];
    });
  }
});

describe("The helpers for bodies are SIP.js's:", () => {
  const bodies = [
    {},
    { content: "a" },
    { content: "a", contentType: "b/c" },
    { content: "a", contentType: "b/c", contentDisposition: "render" },
    { content: "", contentType: "", contentDisposition: "" },
    { body: "a", contentType: "b/c" }
  ];
  same("isBody", ({ Core }) => bodies.map((each) => Core.isBody(each)));

  same("fromBodyLegacy", ({ Core }) =>
    [
      "v=0",
      "",
      { body: "a", contentType: "text/plain" },
      { body: "v=0", contentType: "application/sdp" }
    ].map((each) => Core.fromBodyLegacy(each))
  );

  const messages: Array<[string, string[], string]> = [
    ["MESSAGE", [], ""],
    ["MESSAGE", ["Content-Type: text/plain"], ""],
    ["MESSAGE", ["Content-Type: text/plain"], "hi"],
    ["MESSAGE", ["Content-Type: application/sdp"], "v=0"],
    ["MESSAGE", ["Content-Type: application/sdp", "Content-Disposition: render"], "v=0"],
    ["MESSAGE", ["Content-Type: text/plain", "Content-Disposition: session"], "hi"],
    ["INVITE", ["Content-Type: application/sdp"], "v=0"]
  ];
  same("getBody of what came in", (library) =>
    messages.map(([method, headers, body]) =>
      library.Core.getBody(parse(library, request(method, { headers, body, branch: "z9hG4bKa" })))
    )
  );

  same("getBody of what goes out", ({ Core, UserAgent }) => {
    const uri = UserAgent.makeURI("sip:a@b")!;
    return [bodies[3], { content: "v=0", contentType: "application/sdp" }, undefined].map((body) =>
      Core.getBody(new Core.OutgoingRequestMessage("INFO", uri, uri, uri, {}, [], body as Any))
    );
  });
});

describe("What does not change is SIP.js's:", () => {
  for (const name of ["Timers", "C", "Levels", "TransactionState", "SubscriptionState"]) {
    same(`Core.${name}`, ({ Core }) => [(Core as Any)[name]]);
  }
  for (const name of ["PublisherState", "SubscriptionState", "NotifierState"]) {
    same(name, (library) => [(library as Any)[name]]);
  }
});

describe("A subscription of an application's own", () => {
  async function play(library: Library, states: string[]): Promise<unknown> {
    class Own extends (library.Subscription as Any) {
      constructor(options?: object) {
        super(makeAgent(library), options);
      }
      become(state: string): void {
        this.stateTransition(state);
      }
    }
    const delegate = { onNotify: () => undefined };
    const own = new Own({ delegate }) as Any;
    const log: unknown[] = [own.state, own.dialog, own.data, own.disposed];
    log.push(own.delegate === delegate, new Own().delegate);
    own.stateChange.addListener((state: string) => log.push(state));
    for (const state of states) {
      log.push(await outcome(() => own.become(state)), own.state);
    }
    log.push(await outcome(() => own.dispose()), own.disposed, own.state);
    log.push(await outcome(() => own.dispose()));
    return log;
  }

  for (const first of ["NotifyWait", "Terminated"]) {
    same(`goes from Initial to ${first}`, (library) => play(library, [first]));
  }
  same("goes through its states", (library) =>
    play(library, ["NotifyWait", "Subscribed", "Terminated"])
  );
});
