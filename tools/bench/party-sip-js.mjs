// Alice and Bob with SIP.js, or with what has its API.
import { answer, joinedEnds, offer } from "./wire.mjs";

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

/** The class of a transport that is one end of a wire. */
function transportOver(end) {
  return class {
    protocol = "WSS";
    state = "Disconnected";
    listeners = [];
    stateChange = {
      addListener: (listener) => this.listeners.push(listener),
      removeListener: () => {},
      on: () => {},
      off: () => {},
      once: () => {}
    };
    constructor() {
      end.receive = (text) => this.onMessage?.(text);
    }
    isConnected() {
      return this.state === "Connected";
    }
    async connect() {
      this.state = "Connected";
      for (const listener of this.listeners) listener(this.state);
      this.onConnect?.();
    }
    async disconnect() {
      this.state = "Disconnected";
      for (const listener of this.listeners) listener(this.state);
      this.onDisconnect?.();
    }
    async dispose() {
      await this.disconnect();
    }
    async send(text) {
      end.send(text);
    }
  };
}

/** A started user agent of somebody. */
export async function userAgent({ UserAgent }, name, end, delegate) {
  const agent = new UserAgent({
    uri: UserAgent.makeURI(`sip:${name}@example.com`),
    transportConstructor: transportOver(end),
    sessionDescriptionHandlerFactory: () => new Media(),
    logBuiltinEnabled: false,
    delegate
  });
  await agent.start();
  return agent;
}

/**
 * @returns `wire`, and `call()`, which settles once both sides are established, for what `sides` has:
 * the two sessions, `hangUp()`, which settles once both have heard of the BYE and its answer, and
 * `inform()`, which sends an INFO and settles once that has been answered.
 */
export async function sipJsParty(library) {
  const { Inviter, SessionState, UserAgent } = library;
  const { wire, ends } = joinedEnds();
  let told;
  const alice = await userAgent(library, "alice", ends[0]);
  const bob = await userAgent(library, "bob", ends[1], {
    onInvite(invitation) {
      invitation.accept();
      told = invitation;
    }
  });
  const target = UserAgent.makeURI("sip:bob@example.com");

  const reached = (session, state) =>
    new Promise((resolve) => {
      const listener = (now) => {
        if (now !== state) return;
        session.stateChange.removeListener(listener);
        resolve();
      };
      session.stateChange.addListener(listener);
    });
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
