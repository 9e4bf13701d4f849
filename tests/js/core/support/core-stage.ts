// A user agent core by itself, of SIP.js or ours, with a wire that one can look at. What happens is
// written down as lines that are the same for both if the libraries are.
import * as theirs from "sip.js";
import { expect, it } from "vitest";
import * as ours from "../../../../js/index.js";
import { reply, startLine } from "../../api/support/message-text.js";
import type { ReplyParts } from "../../api/support/message-text.js";

type Any = any;

/** What the script of a test has. The types are SIP.js's: they are the contract. */
export interface CoreStage {
  core: typeof theirs.Core;
  library: typeof theirs;
  userAgentCore: theirs.Core.UserAgentCore;
  logger: theirs.Core.Logger;
  loggerFactory: theirs.Core.LoggerFactory;
  /** The texts that were sent. */
  sent: string[];
  uri(user: string): theirs.URI;
  /** Lets sending fail from now on. */
  breakTransport(): void;
  /** A request to be sent. */
  request(method: string, extraHeaders?: string[], body?: theirs.Core.Body): Any;
  /** A request that came in, parsed. */
  incoming(method: string, lines?: string[], body?: string): Any;
  /** A response to the text that was sent last, or to another one, comes in. */
  respond(status: number, parts?: ReplyParts, request?: string): void;
  /** A delegate that writes down what it is told. */
  delegate(): Any;
  /** Writes down what it is given. */
  say(line: string): void;
  /** Runs a step and writes down what it returns or throws. */
  step(run: () => unknown): void;
}

const shown = /^(To|From|Call-ID|CSeq|Route|Reason|X-\w+|Content-Type|Event|RAck):/;

/** What is random gets a name in the order in which it appears. */
class Names {
  private known = new Map<string, string>();

  replace(text: string): string {
    return text
      .replace(/z9hG4bK(?!in)\w+/g, "BRANCH")
      .replace(/(tag=|abcde)(\w+)/g, (_, before: string, random: string) =>
        /^(bob|alice|mine)$/.test(random) ? before + random : before + this.nameOf(random)
      );
  }

  private nameOf(random: string): string {
    if (!this.known.has(random)) this.known.set(random, `R${this.known.size + 1}`);
    return this.known.get(random)!;
  }
}

/** A message as both libraries write it. */
function normal(text: string): string {
  const [head, body] = text.split("\r\n\r\n");
  const [start, ...lines] = head.split("\r\n");
  return [start, ...lines.filter((line) => shown.test(line)).sort(), body].join(" | ");
}

export async function play(
  library: Any,
  run: (stage: CoreStage) => void | Promise<void>
): Promise<string[]> {
  const lines: string[] = [];
  const names = new Names();
  const say = (line: string): void => void lines.push(names.replace(line));
  const { Core, URI } = library as typeof theirs;
  const loggerFactory = new Core.LoggerFactory();
  loggerFactory.builtinEnabled = false;
  const uri = (user: string): theirs.URI => new URI("sip", user, "example.com");
  const sent: string[] = [];
  let broken = false;
  const transport = {
    protocol: "WSS",
    send(text: string) {
      sent.push(text);
      say(`send ${normal(text)}`);
      return broken ? Promise.reject(new Error("broken")) : Promise.resolve();
    }
  };
  const userAgentCore = new Core.UserAgentCore(
    {
      aor: uri("alice"),
      contact: {
        uri: uri("alice"),
        pubGruu: undefined,
        tempGruu: undefined,
        toString: () => "<sip:alice@host.invalid;transport=ws>"
      },
      displayName: "",
      loggerFactory,
      hackViaTcp: false,
      routeSet: [],
      sipjsId: "abcde",
      supportedOptionTags: ["outbound"],
      supportedOptionTagsResponse: ["outbound"],
      userAgentHeaderFieldValue: "test",
      viaForceRport: false,
      viaHost: "host.invalid",
      authenticationFactory: () =>
        new Core.DigestAuthentication(loggerFactory, undefined, "alice", "secret"),
      transportAccessor: () => transport
    },
    {}
  );
  const logger = loggerFactory.getLogger("test");
  let branches = 0;
  const stage: CoreStage = {
    core: Core,
    library,
    userAgentCore,
    logger,
    loggerFactory,
    sent,
    uri,
    breakTransport: () => (broken = true),
    request: (method, extraHeaders, body) =>
      userAgentCore.makeOutgoingRequestMessage(
        method,
        uri("bob"),
        uri("alice"),
        uri("bob"),
        {},
        extraHeaders,
        body
      ),
    incoming: (method, extra = [], body = "") => {
      const given = (name: string): boolean => extra.some((line) => line.startsWith(name + ":"));
      const text = [
        `${method} sip:alice@host.invalid SIP/2.0`,
        ...(given("Via") ? [] : [`Via: SIP/2.0/WSS peer.invalid;branch=z9hG4bKin${++branches}`]),
        "Max-Forwards: 70",
        "From: <sip:bob@example.com>;tag=bob",
        ...(given("To") ? [] : ["To: <sip:alice@example.com>"]),
        ...(given("Call-ID") ? [] : ["Call-ID: call"]),
        ...(given("CSeq") ? [] : [`CSeq: ${10 + branches} ${method}`]),
        "Contact: <sip:bob@peer.invalid>",
        ...extra,
        `Content-Length: ${Buffer.byteLength(body)}`,
        "",
        body
      ].join("\r\n");
      return Core.Parser.parseMessage(text, logger);
    },
    respond: (status, parts = {}, request = sent.at(-1)!) => {
      const text = reply(request, status, {
        toTag: "bob",
        ...parts,
        headers: ["Contact: <sip:bob@peer.invalid>", ...(parts.headers ?? [])]
      });
      userAgentCore.receiveIncomingResponseFromTransport(
        Core.Parser.parseMessage(text, logger) as theirs.Core.IncomingResponseMessage
      );
    },
    delegate: () =>
      Object.fromEntries(
        ["onAccept", "onProgress", "onRedirect", "onReject", "onTrying"].map((name) => [
          name,
          (response: Any) => say(`${name} ${response.message.statusCode}`)
        ])
      ),
    say,
    step: (act) => {
      try {
        const result = act();
        if (result !== undefined) say(`= ${JSON.stringify(result)}`);
      } catch (error) {
        const { name, message } = error as Error;
        say(`throws ${name} ${message}`);
      }
    }
  };
  await run(stage);
  await Promise.resolve();
  userAgentCore.dispose();
  return lines;
}

/** A test that plays a script with SIP.js and with ours, which must be the same. */
export function script(name: string, run: (stage: CoreStage) => void | Promise<void>): void {
  it(name, async () => {
    const [a, b] = [await play(theirs, run), await play(ours, run)];
    expect(b).toEqual(a);
    expect(a.length).toBeGreaterThan(0);
  });
}

/** The same of ours alone, of what SIP.js cannot do. */
export function playOurs(run: (stage: CoreStage) => void | Promise<void>): Promise<string[]> {
  return play(ours, run);
}

/** A session of a UAC that has been confirmed. */
export function establish(stage: CoreStage): theirs.Core.SessionDialog {
  let session: Any;
  const offer = body("offer");
  stage.userAgentCore.invite(stage.request("INVITE", [], offer), {
    onAccept: (response) => {
      response.ack();
      session = response.session;
    }
  });
  stage.respond(200, { headers: ["Content-Type: application/sdp"], body: "answer" });
  return session;
}

/** A session description. */
export function body(content: string): theirs.Core.Body {
  return { contentDisposition: "session", contentType: "application/sdp", content };
}

export { startLine };
