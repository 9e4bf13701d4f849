// Alice and Bob with SIP.js, or with what has its API.
import { answer, End, join, offer } from "./wire.mjs";

/** A session description handler without media. */
class Media {
  close() {}
  hasDescription() {
    return true;
  }
  holdModifier(description) {
    return Promise.resolve(description);
  }
  async getDescription() {
    const body = this.offered ? answer : offer;
    return { body, contentType: "application/sdp" };
  }
  async rollbackDescription() {}
  async setDescription() {
    this.offered = true;
  }
  sendDtmf() {
    return false;
  }
}

/** A transport that is one end of a wire, and no larger than need be. */
export class Transport extends End {
  state = "Disconnected";

  get protocol() {
    return "WSS";
  }
  isConnected() {
    return this.state === "Connected";
  }
  async connect() {
    this.state = "Connected";
    this.onConnect?.();
  }
  async disconnect() {
    this.state = "Disconnected";
    this.onDisconnect?.();
  }
  async dispose() {
    await this.disconnect();
  }
  async send(text) {
    this.pass(text);
  }
  receive(text) {
    this.onMessage?.(text);
  }
}

const sessionDescriptionHandlerFactory = () => new Media();

/** A started user agent of somebody. */
export async function userAgent({ UserAgent }, name, delegate) {
  const agent = new UserAgent({
    uri: UserAgent.makeURI(`sip:${name}@example.com`),
    transportConstructor: Transport,
    sessionDescriptionHandlerFactory,
    logBuiltinEnabled: false,
    delegate
  });
  await agent.start();
  return agent;
}

/** Settles once what changes its state has reached this one. */
export const reached = ({ stateChange }, state) =>
  new Promise((resolve) => {
    const listener = (now) => {
      if (now !== state) return;
      stateChange.removeListener(listener);
      resolve();
    };
    stateChange.addListener(listener);
  });

/**
 * @returns `wire`, and `call()`, which settles once both sides are established, for what `sides` has:
 * the two sessions, `hangUp()`, which settles once both have heard of the BYE and its answer, and
 * `inform()`, which sends an INFO and settles once that has been answered.
 */
export async function sipJsParty(library) {
  const { Inviter, SessionState, UserAgent } = library;
  let told;
  const alice = await userAgent(library, "alice");
  const bob = await userAgent(library, "bob", {
    onInvite(invitation) {
      invitation.accept();
      told = invitation;
    }
  });
  const wire = join(alice.transport, bob.transport);
  const target = UserAgent.makeURI("sip:bob@example.com");

  const answered = (send) =>
    new Promise((resolve, reject) => {
      send({ onAccept: resolve, onReject: ({ message }) => reject(new Error(message.statusCode)) });
    });

  async function call() {
    const inviter = new Inviter(alice, target);
    const established = reached(inviter, SessionState.Established);
    await inviter.invite();
    await established;
    // The ACK is on its way.
    await undefined;
    const invitation = told;
    return {
      sides: [inviter, invitation],
      async hangUp() {
        const terminated = reached(invitation, SessionState.Terminated);
        await answered((requestDelegate) => inviter.bye({ requestDelegate }));
        await terminated;
      },
      inform: () => answered((requestDelegate) => inviter.info({ requestDelegate }))
    };
  }
  return { wire, call, alice, bob };
}
