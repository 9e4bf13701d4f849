import type * as Ours from "../../../../js/index.js";
import { header, reply } from "../support/message-text.js";
import type { Party, Script, Stage } from "./stage.js";

interface Scene {
  alice: Party;
  registerer: Ours.Registerer;
  register(): Promise<void>;
  /** The registrar answers the REGISTER that was sent last; `contact` is appended to what it has. */
  answer(status: number, contact?: string, ...headers: string[]): Promise<void>;
}

function registering(stage: Stage, options: Ours.RegistererOptions = {}): Scene {
  const { alice, library } = stage;
  stage.loses = () => true;
  const registerer = new library.Registerer(alice.userAgent, options);
  registerer.stateChange.addListener((state) => alice.note(`registerer ${state}`));
  const requestDelegate = alice.delegateFor("REGISTER");
  const sent = (): string => alice.transport.sentWith("REGISTER").at(-1)!;
  return {
    alice,
    registerer,
    register: async () => {
      await alice.does("register()", () => registerer.register({ requestDelegate }));
      alice.note(`${header(sent(), "Supported")} ${header(sent(), "Require")}`);
      const shown = header(sent(), "Contact").replace(/^<[^>]*>|[0-9a-f-]{36}/g, "_");
      alice.note(shown.split(";").sort().join(";"));
    },
    answer: async (status, contact = "", ...headers) => {
      const own = `Contact: ${header(sent(), "Contact")}${contact}`;
      const granted = status < 300 ? [own, ...headers] : headers;
      await alice.receives(reply(sent(), status, { headers: granted }));
    }
  };
}

const gruus =
  ';pub-gruu="sip:alice@example.com;gr=urn:uuid:f81d4fae"' +
  ';temp-gruu="sip:tgruu.7hs==jd7vnzga5w7fajsc7-ajd6fabz0f8g5@example.com;gr"';

/** Registrations. */
export const registrations: { [name: string]: Script } = {
  "a registration with a GRUU": async (stage) => {
    const { alice, register, answer } = registering(stage);
    await register();
    await answer(200, gruus);
    const { contact } = alice.userAgent;
    for (const options of [undefined, { anonymous: true }, { outbound: true }]) {
      alice.note(contact.toString(options));
    }
    alice.note(String(contact.pubGruu));
    alice.note(String(contact.tempGruu));
    const { Inviter } = stage.library;
    const inviter = new Inviter(alice.userAgent, alice.uri("bob"));
    await alice.does("invite()", () => inviter.invite());
    alice.note(header(alice.transport.last, "Contact"));
    await register();
  },
  "a registration whose contact another has a GRUU for": async (stage) => {
    const { alice, register, answer } = registering(stage);
    await register();
    await answer(200, "", `Contact: <sip:~other@other.invalid>;expires=60${gruus}`);
    alice.note(String(alice.userAgent.contact.pubGruu));
  },
  "a registration by a flow of its own": async (stage) => {
    const { alice, registerer, register, answer } = registering(stage, {
      regId: 1,
      instanceId: "b8d061b0-5833-4785-aa3d-95c4f6df05a9",
      extraContactHeaderParams: ["q=0.5"],
      extraHeaders: ["X-R: 1"]
    });
    await register();
    await answer(200, "", "Require: outbound", "Path: <sip:edge.example.com;lr;ob>");
    alice.note(String(registerer.contacts.length));
  },
  "a registration for too short a time": async (stage) => {
    const { alice, registerer, register, answer } = registering(stage, { expires: 60 });
    await register();
    await answer(423, "", "Min-Expires: 120");
    await answer(200);
    alice.note(registerer.state);
  },
  "a registration that is refused": async (stage) => {
    const { alice, registerer, register, answer } = registering(stage);
    await register();
    await answer(503, "", "Retry-After: 7");
    alice.note(registerer.state);
    await register();
    await answer(200);
    alice.note(`${registerer.state} ${registerer.retryAfter}`);
  }
};
