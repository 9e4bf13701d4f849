import type { Core } from "../../../../js/index.js";
import { bodyOf, headers } from "../support/message-text.js";
import { alone } from "./alone.js";
import type { Party, Script } from "./stage.js";

type Change = (message: Core.OutgoingRequestMessage) => unknown;

const setting =
  (name: string, value: string | string[]): Change =>
  (message) =>
    message.setHeader(name, value);

const removing =
  (name: string): Change =>
  (message) => {
    delete message.headers[name];
    const { extraHeaders } = message;
    message.extraHeaders = extraHeaders.filter((line) => !line.startsWith(name));
  };

/** What an application may do to a request before it is sent. */
const changes: { [what: string]: Change } = {
  nothing: () => undefined,
  "Max-Forwards is set": setting("Max-Forwards", "10"),
  "Max-Forwards is set, and spelt otherwise": setting("max-forwards", "9"),
  "Via is set": setting("Via", "SIP/2.0/WSS mine;branch=z9hG4bKmine"),
  "Via is removed": removing("Via"),
  "Route is set": setting("Route", ["<sip:one.example.com;lr>", "<sip:two.example.com;lr>"]),
  "Route is removed": removing("Route"),
  "To is set": setting("To", "Robert <sip:robert@example.org>"),
  "From is set": setting("From", "Alison <sip:alison@example.org>;tag=mine"),
  "Call-ID is set": setting("Call-ID", "mine@example.org"),
  "CSeq is set": (message) => message.setHeader("CSeq", `77 ${message.method}`),
  "cseq is set": (message) => (message.cseq = 77),
  "header fields of the application's are set": setting("X-Own", ["1", "2"]),
  "Subject is set, and set again": (message) => {
    message.setHeader("Subject", "one");
    message.setHeader("subject", "two");
  },
  "extraHeaders are added to": (message) => message.extraHeaders.push("X-Own: 1", "  X-Own:  2 "),
  "Contact is replaced": (message) => {
    removing("Contact")(message);
    message.extraHeaders.push("Contact: <sip:mine@example.org>");
  },
  "Allow is replaced": (message) => {
    removing("Allow")(message);
    message.setHeader("Allow", "ACK");
  },
  "the body is set": (message) => (message.body = { body: "mine", contentType: "text/plain" })
};

const names =
  "Via Max-Forwards Route From To Call-ID CSeq Contact Allow Supported User-Agent Subject X-Own " +
  "Content-Type Content-Length";

/** Everything that a request says, but for what is random. */
function shown(message: string): string {
  const fields = names
    .split(" ")
    .map((name) => `${name}=${headers(message, name).join(" | ")}`)
    .join(" ")
    .replace(/(?<=;tag=|branch=)(?!mine)\w+/g, "_")
    .replace(/\b\w+@\w+\.invalid|\b\w+\.invalid|(?<=Call-ID=)\w+(?= )/g, "_");
  return `${fields} ${JSON.stringify(bodyOf(message))}`;
}

const options = { alice: { userAgentString: "test" } };

const script = (send: (alice: Party, change: Change) => Promise<string>, change: Change): Script =>
  alone(async (alice) => {
    const before = await send(alice, change);
    alice.note(before);
    alice.note(shown(alice.transport.last));
  }, options);

/** A MESSAGE, of the core's own. Returns how it looked before it was sent. */
async function ask(alice: Party, change: Change): Promise<string> {
  const { userAgentCore } = alice.userAgent;
  const [own, bob] = [alice.uri("alice"), alice.uri("bob")];
  const message = userAgentCore.makeOutgoingRequestMessage("MESSAGE", bob, own, bob, {});
  change(message);
  const before = shown(message.toString());
  await alice.does("request()", () => void userAgentCore.request(message));
  return before.replace(/Via=.*(?= Max-)/, "Via=");
}

/** An INVITE. */
async function invite(alice: Party, change: Change): Promise<string> {
  const inviter = new alice.stage.library.Inviter(alice.userAgent, alice.uri("bob"));
  change(inviter.request);
  await alice.does("invite()", () => inviter.invite());
  return shown(inviter.request.toString());
}

/** What an application has changed in a request before it is sent is what is sent. */
export const headerFields: { [name: string]: Script } = Object.fromEntries(
  Object.entries(changes).flatMap(([what, change]) => [
    [`MESSAGE, ${what}`, script(ask, change)],
    [`INVITE, ${what}`, script(invite, change)]
  ])
);
