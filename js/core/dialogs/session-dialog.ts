import { engine } from "../../engine/engine.js";
import type { Face } from "../../engine/engine.js";
import type { Event } from "../../engine/wire.js";
import type { Body } from "../messages/body.js";
import { getBody } from "../messages/body.js";
import { IncomingMessage } from "../messages/incoming-message.js";
import type { IncomingRequestMessage } from "../messages/incoming-request-message.js";
import type { IncomingResponseMessage } from "../messages/incoming-response-message.js";
import type { OutgoingAckRequest } from "../messages/methods/ack.js";
import type { OutgoingByeRequest } from "../messages/methods/bye.js";
import type { OutgoingInfoRequest } from "../messages/methods/info.js";
import type {
  OutgoingInviteRequest,
  OutgoingInviteRequestDelegate
} from "../messages/methods/invite.js";
import type { OutgoingMessageRequest } from "../messages/methods/message.js";
import type { OutgoingNotifyRequest } from "../messages/methods/notify.js";
import type { OutgoingPrackRequest } from "../messages/methods/prack.js";
import type { OutgoingReferRequest } from "../messages/methods/refer.js";
import type { OutgoingRequestDelegate, RequestOptions } from "../messages/outgoing-request.js";
import type { OutgoingRequestMessage } from "../messages/outgoing-request-message.js";
import { withBody } from "../messages/utils.js";
import type { Session } from "../session/session.js";
import { SessionState, SignalingState } from "../session/session.js";
import type { SessionDelegate } from "../session/session-delegate.js";
import type { InviteClientTransaction } from "../transactions/invite-client-transaction.js";
import type { InviteServerTransaction } from "../transactions/invite-server-transaction.js";
import type { UserAgentCore } from "../user-agent-core/user-agent-core.js";
import { ByeUserAgentClient } from "../user-agents/bye-user-agent-client.js";
import { ByeUserAgentServer } from "../user-agents/bye-user-agent-server.js";
import { InfoUserAgentClient } from "../user-agents/info-user-agent-client.js";
import { InfoUserAgentServer } from "../user-agents/info-user-agent-server.js";
import { MessageUserAgentClient } from "../user-agents/message-user-agent-client.js";
import { MessageUserAgentServer } from "../user-agents/message-user-agent-server.js";
import { NotifyUserAgentClient } from "../user-agents/notify-user-agent-client.js";
import { NotifyUserAgentServer } from "../user-agents/notify-user-agent-server.js";
import { PrackUserAgentClient } from "../user-agents/prack-user-agent-client.js";
import { PrackUserAgentServer } from "../user-agents/prack-user-agent-server.js";
import { ReInviteUserAgentClient } from "../user-agents/re-invite-user-agent-client.js";
import { ReInviteUserAgentServer } from "../user-agents/re-invite-user-agent-server.js";
import { ReferUserAgentClient } from "../user-agents/refer-user-agent-client.js";
import { ReferUserAgentServer } from "../user-agents/refer-user-agent-server.js";
import { serve } from "../user-agents/serve.js";
import type { Service } from "../user-agents/serve.js";
import { Dialog } from "./dialog.js";
import type { DialogState } from "./dialog-state.js";

/** The offer and the answer that are in force, or on their way to be. */
interface Exchange {
  readonly offer?: Body;
  readonly answer?: Body;
}

/** By the numbers of the core. */
const signalings = Object.values(SignalingState);
const stages = Object.values(SessionState);

/** How requests within it are served. */
const services = new Map<string, Service>([
  ["INVITE", [ReInviteUserAgentServer, 488, "onInvite"]],
  ["BYE", [ByeUserAgentServer, 200, "onBye"]],
  ["INFO", [InfoUserAgentServer, 469, "onInfo"]],
  ["MESSAGE", [MessageUserAgentServer, 200, "onMessage"]],
  ["NOTIFY", [NotifyUserAgentServer, 200, "onNotify"]],
  ["PRACK", [PrackUserAgentServer, 200, "onPrack"]],
  ["REFER", [ReferUserAgentServer, 480, "onRefer"]]
]);

/** A dialog made by an INVITE, with its session: the face of a dialog in the core. */
export class SessionDialog extends Dialog implements Session, Face {
  /** Told of the requests that come in within the session. */
  delegate: SessionDelegate | undefined;
  /** The re-INVITE on its way out, until its transaction is over. */
  reinviteUserAgentClient: ReInviteUserAgentClient | undefined;
  /** The re-INVITE that came in, until its transaction is over. */
  reinviteUserAgentServer: ReInviteUserAgentServer | undefined;

  /**
   * Told when the session is over, whoever ended it.
   * @internal
   */
  _owner: { end(): void } | undefined = undefined;

  private signaling: SignalingState = SignalingState.Initial;
  private exchange: Exchange = {};
  /** What was in force before the offer that is open. */
  private before: Exchange | undefined;
  /** The INVITE whose 2xx came last. */
  private accepted = 0;
  /** The state of the session, as of the last event. */
  private stage: SessionState = SessionState.Initial;
  /** True while the delegate has a request: the session is over once that has been dealt with. */
  private busy = false;

  /**
   * Makes a dialog with its session in the core, say one that was kept from before: with that id.
   * @param initialTransaction - The transaction of the INVITE: of a client, which confirms the session
   * by a 2xx that `ack` acknowledges; or of a server, whose 2xx waits for its ACK after `confirm`.
   * @param core - The user agent core.
   * @param state - The state of the dialog.
   * @param delegate - Told of the requests that come in within the session.
   */
  constructor(
    private initialTransaction: InviteClientTransaction | InviteServerTransaction,
    core: UserAgentCore,
    state: DialogState,
    delegate?: SessionDelegate
  ) {
    super(core, state);
    this.delegate = delegate;
    if (state) {
      this._put({}, "", 0, (handle) => this._adopt(handle));
    }
  }

  /** The state of the session. */
  get sessionState(): SessionState {
    return this.stage;
  }

  /** Where the exchange of offers and answers stands. */
  get signalingState(): SignalingState {
    return this.signaling;
  }

  /** The offer in force, undefined in the signaling states "Initial" and "Closed". */
  get offer(): Body | undefined {
    const none = [SignalingState.Initial, SignalingState.Closed].includes(this.signaling);
    return none ? undefined : this.exchange.offer;
  }

  /** The answer in force, undefined unless the signaling state is "Stable". */
  get answer(): Body | undefined {
    return this.signaling === SignalingState.Stable ? this.exchange.answer : undefined;
  }

  override confirm(): void {
    if (this.early) {
      const transaction = this.initialTransaction;
      const sent = transaction && "retransmitAcceptedResponse" in transaction;
      this._put({ state: 3 }, (sent && transaction._success()) || "");
    }
  }

  /** Waits for the ACK to the 2xx of a re-INVITE. The core does so when one goes out. */
  reConfirm(): void {}

  /**
   * Asked of each provisional response that came reliably (RFC 3262 section 4).
   * @param _message - The response.
   * @returns False if it is to go no further. What comes again or out of order the core has dropped:
   * true.
   */
  reliableSequenceGuard(_message: IncomingResponseMessage): boolean {
    return true;
  }

  /** Takes back the open offer, if there is one. The core does so when it is refused. */
  signalingStateRollback(): void {
    this._rollBack();
    this._put({}, "", 3);
  }

  /**
   * A session description was sent or came in. The core does so with what passes through it.
   * @param message - The message, or a body, which counts as one of ours.
   */
  signalingStateTransition(
    message: IncomingRequestMessage | IncomingResponseMessage | OutgoingRequestMessage | Body
  ): void {
    const body = getBody(message);
    if (body?.contentDisposition === "session") {
      this._put({}, "", message instanceof IncomingMessage ? 2 : 1);
      this._note(body, this.signaling);
    }
  }

  /**
   * Acknowledges the 2xx that came last.
   * @param options - Parts of the ACK, in particular the answer to an offer in the 2xx.
   * @throws CommandError if there is none.
   */
  ack(options: RequestOptions = {}): OutgoingAckRequest {
    return this._acknowledger(this.accepted)(options);
  }

  /**
   * Sends a BYE, which ends the session at once.
   * @param delegate - Told of the responses.
   * @param options - Parts of the request.
   */
  bye(delegate?: OutgoingRequestDelegate, options?: RequestOptions): OutgoingByeRequest {
    return new ByeUserAgentClient(this, delegate, options);
  }

  /**
   * Sends an INFO.
   * @param delegate - Told of the responses.
   * @param options - Parts of the request.
   */
  info(delegate?: OutgoingRequestDelegate, options?: RequestOptions): OutgoingInfoRequest {
    return new InfoUserAgentClient(this, delegate, options);
  }

  /**
   * Sends a re-INVITE.
   * @param delegate - Told of the responses.
   * @param options - Parts of the request.
   * @throws CommandError while another INVITE is in progress.
   */
  invite(
    delegate?: OutgoingInviteRequestDelegate,
    options?: RequestOptions
  ): OutgoingInviteRequest {
    return new ReInviteUserAgentClient(this, delegate, options);
  }

  /**
   * Sends a MESSAGE.
   * @param delegate - Told of the responses.
   * @param options - Parts of the request.
   */
  message(delegate: OutgoingRequestDelegate, options?: RequestOptions): OutgoingMessageRequest {
    const message = this.createOutgoingRequestMessage("MESSAGE", options);
    return new MessageUserAgentClient(this.core, message, delegate);
  }

  /**
   * Sends a NOTIFY.
   * @param delegate - Told of the responses.
   * @param options - Parts of the request.
   */
  notify(delegate?: OutgoingRequestDelegate, options?: RequestOptions): OutgoingNotifyRequest {
    return new NotifyUserAgentClient(this, delegate, options);
  }

  /**
   * Sends a PRACK (RFC 3262).
   * @param delegate - Told of the responses.
   * @param options - Parts of the request: with a RAck that says what is acknowledged.
   */
  prack(delegate?: OutgoingRequestDelegate, options?: RequestOptions): OutgoingPrackRequest {
    return new PrackUserAgentClient(this, delegate, options);
  }

  /**
   * Sends a REFER.
   * @param delegate - Told of the responses.
   * @param options - Parts of the request.
   */
  refer(delegate?: OutgoingRequestDelegate, options?: RequestOptions): OutgoingReferRequest {
    return new ReferUserAgentClient(this, delegate, options);
  }

  /**
   * A request came in within the dialog.
   * @param message - The request.
   */
  override receiveRequest(message: IncomingRequestMessage): void {
    const { method } = message;
    if (message._server === undefined) {
      super.receiveRequest(message);
      return;
    }
    if (!this.sequenceGuard(message)) {
      return;
    }
    if (method === "INVITE" || method === "PRACK" || method === "ACK") {
      this._note(getBody(message), this.signaling);
    }
    if (method === "ACK") {
      // Whatever comes of the promise is its maker's affair.
      void this.delegate?.onAck?.({ message });
      return;
    }
    this._know({ remoteSequence: message.cseq });
    this.busy = true;
    try {
      serve(services, this, this.core, message, this.delegate);
    } finally {
      this.busy = false;
      this.tellEnd();
    }
  }

  /**
   * Becomes the face of a dialog.
   * @param handle - Its handle.
   * @internal
   */
  _adopt(handle: number): this {
    this.handle = handle;
    return this;
  }

  /**
   * What acknowledges the 2xx to an INVITE.
   * @param client - The handle of the INVITE.
   * @internal
   */
  _acknowledger(client: number): (options?: RequestOptions) => OutgoingAckRequest {
    this.accepted = client;
    return (options = {}) => {
      const message = this.createOutgoingRequestMessage("ACK", options);
      this.core._configure();
      const { text } = engine().perform(
        withBody(
          { type: "acknowledge", client, dialog: this.handle, headers: message._lines() },
          options.body
        )
      );
      message._sent(text);
      this._note(options.body, SignalingState.Stable);
      return { message };
    };
  }

  /**
   * Tells the delegate of an INVITE of a provisional response or a 2xx.
   * @param client - The handle of the INVITE.
   * @internal
   */
  _tell(
    delegate: OutgoingInviteRequestDelegate | undefined,
    message: IncomingResponseMessage,
    client: number
  ): void {
    if (message.statusCode! < 200) {
      const prack = ({ extraHeaders = [], body }: RequestOptions = {}): OutgoingPrackRequest => {
        // RFC 3262 section 7.2: the numbers of the response and of the INVITE.
        const rack = `RAck: ${message.getHeader("RSeq")} ${message.cseq} INVITE`;
        return this.prack(undefined, { extraHeaders: [...extraHeaders, rack], body });
      };
      delegate?.onProgress?.({ message, session: this, prack });
      return;
    }
    const ack = this._acknowledger(client);
    if (delegate?.onAccept) {
      delegate.onAccept({ message, session: this, ack });
    } else {
      // RFC 3261 section 13.2.2.4: "The UAC core MUST generate an ACK request for each 2xx received
      // from the transaction layer."
      ack();
    }
  }

  /**
   * Takes over where the exchange of offers and answers stands.
   * @internal
   */
  _follow(signaling: number): void {
    this.signaling = signalings[signaling];
  }

  /**
   * A body that passed in either direction. If it is a session description it is an offer or an
   * answer, as the signaling state after it says.
   * @internal
   */
  _note(body: Body | undefined, after: SignalingState): void {
    if (body?.contentDisposition !== "session") {
      return;
    }
    const open =
      after === SignalingState.HaveLocalOffer || after === SignalingState.HaveRemoteOffer;
    if (open && !this.before) {
      this.before = this.exchange;
      this.exchange = { offer: body };
    } else if (after === SignalingState.Stable && this.before) {
      this.before = undefined;
      this.exchange = { offer: this.exchange.offer, answer: body };
    }
  }

  /**
   * A body of ours in a 2xx: the answer to the open offer, else an offer.
   * @internal
   */
  _noteOurs(body: Body | undefined): void {
    this._note(body, this.before ? SignalingState.Stable : SignalingState.HaveLocalOffer);
  }

  /**
   * The open offer was refused.
   * @internal
   */
  _rollBack(): void {
    this.exchange = this.before ?? this.exchange;
    this.before = undefined;
  }

  /** @internal */
  _deliver(event: Event): void {
    switch (event.type) {
      case "dialogChanged":
        this._know(event);
        this.stage = stages[event.state];
        this._follow(event.signaling);
        this.tellEnd();
        break;
      case "requestReceived":
      case "ackReceived":
        this._follow(event.signaling);
        if (event.message) {
          this.receiveRequest(this.core._message(event.message, event.server));
        }
        break;
      case "ackTimedOut":
        this.delegate?.onAckTimeout?.();
        break;
      case "terminated":
        this.exchange = {};
        break;
    }
  }

  private tellEnd(): void {
    if (!this.busy && this.sessionState === SessionState.Terminated) {
      this._owner?.end();
    }
  }
}
