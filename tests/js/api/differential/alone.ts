import { header, inDialog, reply, request, sdp } from "../support/message-text.js";
import type { RequestParts } from "../support/message-text.js";
import type { Party, Script, Stage, StageOptions } from "./stage.js";

/** A Contact of the peer's. */
export const contact = (name: string): string => `Contact: <sip:${name}@peer.invalid>`;

/** What accepts an INVITE. */
export const answer = { headers: [contact("peer"), ...sdp], body: "v=0\r\ns=peer\r\n" };

/** Options with which alice has a password. */
export const withPassword: StageOptions = {
  alice: { authorizationUsername: "alice", authorizationPassword: "secret" }
};

/** Alice, whom nobody but the script answers. */
export function alone(
  script: (alice: Party, stage: Stage) => Promise<void>,
  options?: StageOptions
): Script {
  return Object.assign((stage: Stage): Promise<void> => {
    stage.loses = () => true;
    return script(stage.alice, stage);
  }, options && { options });
}

/** The peer of alice's call, which it has accepted. */
export class Peer {
  private cseq = 1;

  private constructor(
    private readonly alice: Party,
    private readonly invite: string
  ) {}

  static async called(alice: Party): Promise<Peer> {
    await alice.calls("bob");
    const invite = alice.transport.last;
    await alice.receives(reply(invite, 200, answer));
    return new Peer(alice, invite);
  }

  request(method: string, parts: RequestParts = {}): string {
    return request(method, { ...inDialog(this.invite), cseq: this.cseq++, ...parts });
  }

  /** Sends a request. */
  async sends(method: string, parts: RequestParts = {}): Promise<string> {
    const text = this.request(method, parts);
    await this.alice.receives(text);
    return text;
  }

  /** Acknowledges a re-INVITE of its own. */
  async acknowledges(invite: string, parts: RequestParts = {}): Promise<void> {
    const cseq = Number(/\d+/.exec(header(invite, "CSeq"))![0]);
    await this.sends("ACK", { cseq, ...parts });
  }
}

/** Alice in a call with a peer. */
export const talking = (
  script: (alice: Party, peer: Peer, stage: Stage) => Promise<void>
): Script => alone(async (alice, stage) => script(alice, await Peer.called(alice), stage));

/** What a request has in common with the INVITE of the peer's that it belongs to. */
export function identity(invite: string): RequestParts {
  return {
    from: header(invite, "From"),
    to: header(invite, "To"),
    callId: header(invite, "Call-ID"),
    branch: /branch=([^;\r]+)/.exec(header(invite, "Via"))![1]
  };
}
