import { engine } from "../../engine/engine.js";
import type { Face } from "../../engine/engine.js";
import { Signaling, SessionState as State } from "../../engine/wire.js";
import type { Event, RequestReceived } from "../../engine/wire.js";
import type { Body } from "../messages/body.js";
import { getBody } from "../messages/body.js";
import { IncomingRequestMessage } from "../messages/incoming-request-message.js";
import type { IncomingRequest } from "../messages/incoming-request.js";
import type { IncomingResponseMessage } from "../messages/incoming-response-message.js";
import type { OutgoingAckRequest } from "../messages/methods/ack.js";
import type { OutgoingByeRequest } from "../messages/methods/bye.js";
import type { OutgoingInfoRequest } from "../messages/methods/info.js";
import type { IncomingInviteRequest } from "../messages/methods/invite.js";
import type {
  OutgoingInviteRequest,
  OutgoingInviteRequestDelegate
} from "../messages/methods/invite.js";
import type { OutgoingMessageRequest } from "../messages/methods/message.js";
import type { OutgoingNotifyRequest } from "../messages/methods/notify.js";
import type { OutgoingPrackRequest } from "../messages/methods/prack.js";
import type { OutgoingReferRequest } from "../messages/methods/refer.js";
import type { OutgoingRequestDelegate, RequestOptions } from "../messages/outgoing-request.js";
import { bodyFields } from "../messages/utils.js";
import type { Session } from "../session/session.js";
import { SessionState, SignalingState } from "../session/session.js";
import type { SessionDelegate } from "../session/session-delegate.js";
import type { UserAgentCore } from "../user-agent-core/user-agent-core.js";
import { ReInviteUserAgentClient } from "../user-agents/re-invite-user-agent-client.js";
import { ReInviteUserAgentServer } from "../user-agents/re-invite-user-agent-server.js";
import { UserAgentClient } from "../user-agents/user-agent-client.js";
import { UserAgentServer } from "../user-agents/user-agent-server.js";
import { Dialog } from "./dialog.js";

/** The offer and the answer that are in force, or on their way to be. */
interface Exchange {
  readonly offer?: Body;
  readonly answer?: Body;
}

/** A dialog made by an INVITE, with its session: the face of a dialog in the core. */
export class SessionDialog extends Dialog implements Session, Face {
  /** Told of the requests that come in within the session. */
  delegate: SessionDelegate | undefined = undefined;

  /**
   * Called when the session is over, whoever ended it.
   * @internal
   */
  _onEnd: (() => void) | undefined = undefined;

  private signaling: SignalingState = SignalingState.Initial;
  private exchange: Exchange = {};
  /** What was in force before the offer that is open. */
  private before: Exchange | undefined;
  /** The INVITE whose 2xx came last. */
  private accepted = 0;
  /** True while the delegate has a request: the session is over once that has been dealt with. */
  private busy = false;

  /**
   * @param core - The user agent core.
   * @param handle - The handle of the dialog.
   * @internal
   */
  constructor(core: UserAgentCore, handle: number) {
    super(core);
    this.handle = handle;
  }

  /** The state of the session. */
  get sessionState(): SessionState {
    return this.known ? SessionState[State[this.known.state]] : SessionState.Initial;
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
    return this.send("BYE", delegate, options);
  }

  /**
   * Sends an INFO.
   * @param delegate - Told of the responses.
   * @param options - Parts of the request.
   */
  info(delegate?: OutgoingRequestDelegate, options?: RequestOptions): OutgoingInfoRequest {
    return this.send("INFO", delegate, options);
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
    const request = new ReInviteUserAgentClient(this, delegate, options);
    this._note(options?.body, SignalingState.HaveLocalOffer);
    return request;
  }

  /**
   * Sends a MESSAGE.
   * @param delegate - Told of the responses.
   * @param options - Parts of the request.
   */
  message(delegate: OutgoingRequestDelegate, options?: RequestOptions): OutgoingMessageRequest {
    return this.send("MESSAGE", delegate, options);
  }

  /**
   * Sends a NOTIFY.
   * @param delegate - Told of the responses.
   * @param options - Parts of the request.
   */
  notify(delegate?: OutgoingRequestDelegate, options?: RequestOptions): OutgoingNotifyRequest {
    return this.send("NOTIFY", delegate, options);
  }

  /**
   * Sends a PRACK (RFC 3262).
   * @param delegate - Told of the responses.
   * @param options - Parts of the request: with a RAck that says what is acknowledged.
   */
  prack(delegate?: OutgoingRequestDelegate, options?: RequestOptions): OutgoingPrackRequest {
    this._noteOurs(options?.body);
    return this.send(
      "PRACK",
      {
        ...delegate,
        onAccept: (response) => {
          this._note(getBody(response.message), SignalingState.Stable);
          delegate?.onAccept?.(response);
        }
      },
      options
    );
  }

  /**
   * Sends a REFER.
   * @param delegate - Told of the responses.
   * @param options - Parts of the request.
   */
  refer(delegate?: OutgoingRequestDelegate, options?: RequestOptions): OutgoingReferRequest {
    return this.send("REFER", delegate, options);
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
      const { text } = engine().perform({
        type: "acknowledge",
        client,
        dialog: this.handle,
        headers: message._lines(),
        ...bodyFields(options.body)
      });
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
    this.signaling = SignalingState[Signaling[signaling]];
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
        this.known = event;
        this._follow(event.signaling);
        this.core.dialogs.set(this.id, this);
        this.tellEnd();
        break;
      case "requestReceived":
        if (event.message) {
          this.receiveRequest(event, new IncomingRequestMessage(event.message));
        }
        break;
      case "ackReceived":
        this._follow(event.signaling);
        if (event.message) {
          const message = new IncomingRequestMessage(event.message);
          this._note(getBody(message), this.signaling);
          // Whatever comes of the promise is its maker's affair.
          void this.delegate?.onAck?.({ message });
        }
        break;
      case "ackTimedOut":
        this.delegate?.onAckTimeout?.();
        break;
      case "terminated":
        this.core.dialogs.delete(this.id);
        break;
    }
  }

  private send(
    method: string,
    delegate: OutgoingRequestDelegate | undefined,
    options: RequestOptions | undefined
  ): UserAgentClient {
    const message = this.createOutgoingRequestMessage(method, options);
    const client = new UserAgentClient(this.core, message, delegate);
    this._send(client);
    return client;
  }

  private receiveRequest(event: RequestReceived, message: IncomingRequestMessage): void {
    this.remoteSequence = message.cseq;
    this._follow(event.signaling);
    if (message.method === "INVITE") {
      this._note(getBody(message), this.signaling);
      const request = new ReInviteUserAgentServer(this, message, event.server);
      this.handOver("onInvite", request, () => request.reject());
      return;
    }
    const request = new UserAgentServer(this.core, message, event.server);
    const accept = (): unknown => request.accept();
    const reject = (statusCode: number, extraHeaders?: string[]) => (): unknown =>
      request.reject({ statusCode, extraHeaders });
    switch (message.method) {
      case "BYE":
        return this.handOver("onBye", request, accept);
      case "INFO":
        // RFC 6086 section 4.2.2: "the UA MUST send a 469 (Bad Info Package) response (see Section
        // 11.6), which contains a Recv-Info header field".
        return this.handOver("onInfo", request, reject(469, ["Recv-Info:"]));
      case "MESSAGE":
        return this.handOver("onMessage", request, accept);
      case "NOTIFY":
        return this.handOver("onNotify", request, accept);
      case "PRACK":
        this._note(getBody(message), this.signaling);
        return this.handOver("onPrack", request, accept);
      case "REFER":
        return this.handOver("onRefer", request, reject(480));
      default:
        reject(405)();
    }
  }

  /** Gives a request to the delegate; if that has no method for it, answers it. */
  private handOver(
    method: "onInvite" | "onBye" | "onInfo" | "onMessage" | "onNotify" | "onPrack" | "onRefer",
    request: IncomingRequest,
    otherwise: () => unknown
  ): void {
    this.busy = true;
    try {
      if (this.delegate?.[method]) {
        this.delegate[method](request as IncomingInviteRequest);
      } else {
        otherwise();
      }
    } finally {
      this.busy = false;
      this.tellEnd();
    }
  }

  private tellEnd(): void {
    if (!this.busy && this.sessionState === SessionState.Terminated) {
      this._onEnd?.();
    }
  }
}
