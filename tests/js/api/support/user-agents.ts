import type { Session } from "../../../../js/api/session.js";
import { UserAgent } from "../../../../js/api/user-agent.js";
import type { UserAgentOptions } from "../../../../js/api/user-agent-options.js";
import type { URI } from "../../../../js/grammar/uri.js";
import { FakeHandler } from "./fake-handler.js";
import { FakeTransport } from "./fake-transport.js";
import { header, reply, startLine } from "./message-text.js";

/** A user agent with a fake transport and fake media. */
export interface TestAgent {
  name: string;
  userAgent: UserAgent;
  transport: FakeTransport;
  /** The session description handlers that were made, in their order. */
  handlers: FakeHandler[];
}

/** The address of somebody. */
export function address(name: string): URI {
  return UserAgent.makeURI(`sip:${name}@example.com`)!;
}

/** Makes a user agent. It is not started. */
export function makeAgent(
  name: string,
  options: Partial<UserAgentOptions> = {},
  onSend?: (message: string, transport: FakeTransport) => void
): TestAgent {
  const handlers: FakeHandler[] = [];
  const userAgent = new UserAgent({
    uri: address(name),
    transportConstructor: FakeTransport,
    transportOptions: { onSend },
    sessionDescriptionHandlerFactory: () => {
      handlers.push(new FakeHandler(name));
      return handlers[handlers.length - 1];
    },
    logBuiltinEnabled: false,
    ...options
  });
  return { name, userAgent, transport: userAgent.transport as FakeTransport, handlers };
}

/** Makes a user agent and starts it. What it sends goes nowhere. */
export async function startAgent(
  name: string,
  options: Partial<UserAgentOptions> = {}
): Promise<TestAgent> {
  const agent = makeAgent(name, options);
  await agent.userAgent.start();
  return agent;
}

/** Brings what each user agent sends to the one it is for, a microtask later. */
export class Network {
  readonly agents: TestAgent[] = [];
  /** Messages for which this holds are lost. */
  loses: (message: string) => boolean = () => false;

  /** Takes what is for none of the user agents. Default: a request is answered 404. */
  elsewhere: ((message: string) => void) | undefined = undefined;

  /** Makes a user agent on this network and starts it. */
  async add(name: string, options: Partial<UserAgentOptions> = {}): Promise<TestAgent> {
    const agent = makeAgent(name, options, (message) => this.route(message));
    this.agents.push(agent);
    await agent.userAgent.start();
    return agent;
  }

  /** A message is sent. */
  route(message: string): void {
    if (this.loses(message)) {
      return;
    }
    const line = startLine(message);
    if (line.startsWith("REGISTER")) {
      this.register(message);
      return;
    }
    const host = line.startsWith("SIP/2.0") ? header(message, "Via") : line;
    const user = /^\S+ sip:([a-z]+)@example\.com/.exec(line)?.[1];
    const agent = this.agents.find(
      ({ name, userAgent }) => name === user || host.includes(userAgent.configuration.viaHost)
    );
    if (agent) {
      queueMicrotask(() => agent.transport.receive(message));
    } else if (this.elsewhere) {
      queueMicrotask(() => this.elsewhere?.(message));
    } else if (!line.startsWith("SIP/2.0") && !line.startsWith("ACK")) {
      this.answer(message, reply(message, 404, { reason: "Not Found" }));
    }
  }

  private register(message: string): void {
    const contact = header(message, "Contact").replace(/expires=(\d+)/, "expires=$1");
    this.answer(message, reply(message, 200, { headers: [`Contact: ${contact}`] }));
  }

  private answer(message: string, response: string): void {
    const via = header(message, "Via");
    const agent = this.agents.find(({ userAgent }) =>
      via.includes(userAgent.configuration.viaHost)
    );
    queueMicrotask(() => (agent ? agent.transport.receive(response) : this.elsewhere?.(response)));
  }
}

/** Lets everything happen that can happen without time going by. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 3; i++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The states that a session goes through from now on. */
export function statesOf(session: Session): string[] {
  const states: string[] = [];
  session.stateChange.addListener((state) => states.push(state));
  return states;
}
