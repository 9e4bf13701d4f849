import { engine } from "../../engine/engine.js";
import type { Face } from "../../engine/engine.js";
import type { Command } from "../../engine/wire.js";
import type { URI } from "../../grammar/uri.js";
import type { Body } from "../messages/body.js";
import type { IncomingRequestMessage } from "../messages/incoming-request-message.js";
import type { IncomingResponseMessage } from "../messages/incoming-response-message.js";
import type { OutgoingRequestMessage, Sender } from "../messages/outgoing-request-message.js";
import { withBody } from "../messages/utils.js";
import { routesOf } from "../transactions/lone-core.js";
import type { UserAgentCore } from "../user-agent-core/user-agent-core.js";
import { describe, toFields, toState } from "./dialog-fields.js";
import type { DialogFields } from "./dialog-fields.js";
import type { DialogState } from "./dialog-state.js";

/**
 * A dialog (RFC 3261 section 12): the relationship between two user agents that requests and
 * responses make, and what the core has told of it.
 */
export class Dialog implements Sender {
  /**
   * The handle.
   * @internal
   */
  protected handle = 0;

  /** What is known of it: what the core has told, or a state that was given. */
  private known: DialogFields | undefined;
  /** The same, as far as somebody asked for it. */
  private shown: DialogState | undefined;

  /**
   * @param core - The user agent core.
   * @param dialogState - The state.
   */
  protected constructor(
    protected core: UserAgentCore,
    dialogState: DialogState
  ) {
    this.dialogState = dialogState;
  }

  /**
   * The state of the dialog that a response makes, without making it (RFC 3261 section 12.1.2).
   * @param outgoingRequestMessage - The request.
   * @param incomingResponseMessage - The response.
   * @throws TypeError for a response that is malformed.
   */
  static initialDialogStateForUserAgentClient(
    outgoingRequestMessage: OutgoingRequestMessage,
    incomingResponseMessage: IncomingResponseMessage
  ): DialogState {
    const { ruri, headers, callId, cseq } = outgoingRequestMessage;
    const body = incomingResponseMessage._text();
    const from = headers["From"][0];
    return toState(describe({ requestUri: ruri.toRaw(), from, callId, cseq, body }));
  }

  /**
   * The state of the dialog that a response to a request makes, without making it (RFC 3261 section
   * 12.1.1).
   * @param incomingRequestMessage - The request.
   * @param toTag - The tag of To in the response.
   * @param early - Whether the response is a provisional one. Default: false.
   * @throws TypeError for a request that is malformed.
   */
  static initialDialogStateForUserAgentServer(
    incomingRequestMessage: IncomingRequestMessage,
    toTag: string,
    early = false
  ): DialogState {
    const body = incomingRequestMessage._text();
    return { ...toState(describe({ from: toTag, body })), early };
  }

  /**
   * The state as it is known here. The core has one of its own: what is assigned to this one is seen by
   * the getters, and nobody else.
   */
  protected get dialogState(): DialogState {
    return (this.shown ??= toState(this.known!));
  }

  protected set dialogState(state: DialogState) {
    this.shown = state;
    this.known = state && toFields(state);
  }

  /** Ends the dialog without a word to the peer. */
  dispose(): void {
    if (engine().find(this.handle)) {
      engine().perform({ type: "disposeDialog", dialog: this.handle });
    }
  }

  /** Call-ID, local tag and remote tag, one after the other. */
  get id(): string {
    // Not added, which would keep the texts that these are parts of.
    return [this.callId, this.localTag, this.remoteTag].join("");
  }

  /**
   * The key in `dialogs`, "" for one that is not there.
   * @internal
   */
  get _key(): string {
    return this.id;
  }

  /** True as long as no 2xx has confirmed the dialog. */
  get early(): boolean {
    return !this.known || this.known.state < 2;
  }

  /** The Call-ID. */
  get callId(): string {
    return this.known?.callId ?? "";
  }

  /** Our tag. */
  get localTag(): string {
    return this.known?.localTag ?? "";
  }

  /** The peer's tag. */
  get remoteTag(): string {
    return this.known?.remoteTag ?? "";
  }

  /** Sequence number of the last request that was sent within the dialog. */
  get localSequenceNumber(): number | undefined {
    return this.known?.localSequence || undefined;
  }

  /** Sequence number of the last request that came in within the dialog. */
  get remoteSequenceNumber(): number | undefined {
    return this.known?.remoteSequence || undefined;
  }

  /** Our address: From or To of the request that made it. */
  get localURI(): URI {
    return this.dialogState.localURI;
  }

  /** The peer's address. */
  get remoteURI(): URI {
    return this.dialogState.remoteURI;
  }

  /** Where requests to the peer are sent. */
  get remoteTarget(): URI {
    return this.dialogState.remoteTarget;
  }

  /** The proxies that requests pass, as values of Route. */
  get routeSet(): Array<string> {
    return this.dialogState.routeSet;
  }

  /** Whether the peers demand TLS on each hop. */
  get secure(): boolean {
    return this.dialogState.secure;
  }

  /** The user agent core. */
  get userAgentCore(): UserAgentCore {
    return this.core;
  }

  /** Confirms the dialog, if it is early. The core does so when a 2xx comes or goes. */
  confirm(): void {
    if (this.early) {
      this._put({ state: 3 });
    }
  }

  /**
   * A request came in within the dialog.
   * @param message - The request.
   */
  receiveRequest(message: IncomingRequestMessage): void {
    this.core.receiveIncomingRequestFromTransport(message);
  }

  /**
   * Takes the route set from a 2xx (RFC 3261 section 13.2.2.4). The core does so when one comes.
   * @param message - The response.
   * @throws TypeError for a response that is malformed.
   */
  recomputeRouteSet(message: IncomingResponseMessage): void {
    const { local, remoteTarget } = this.known!;
    const { callId } = this;
    const body = message._text();
    this._put({ routes: describe({ requestUri: remoteTarget, from: local, callId, body }).routes });
  }

  /**
   * A request within the dialog. Unless `options` say it, the sequence number becomes final when it is
   * sent.
   * @param method - The method.
   * @param options - Its other parts.
   */
  createOutgoingRequestMessage(
    method: string,
    options?: { cseq?: number; extraHeaders?: Array<string>; body?: Body }
  ): OutgoingRequestMessage {
    const { cseq, extraHeaders, body } = options ?? {};
    const { callId, localTag: fromTag, remoteTag: toTag, localSequence, routes } = this.known!;
    const later = undefined as never;
    const message = this.core.makeOutgoingRequestMessage(
      method,
      later,
      later,
      later,
      { callId, cseq: cseq ?? localSequence + 1, fromTag, toTag, routeSet: routes },
      extraHeaders,
      body
    );
    const { known } = this;
    message._addresses = () => toState(known!);
    message._sender = this;
    message._number = cseq ?? 0;
    return message;
  }

  /**
   * Leaves out a sequence number.
   * @internal
   */
  incrementLocalSequenceNumber(): void {
    this._put({ localSequence: this.known!.localSequence + 1 });
  }

  /**
   * Asked of each request within the dialog before anything else.
   * @param _message - The request.
   * @returns False if the request is to go no further. What is out of order the core has answered with
   * 500, and does not come so far: true.
   */
  protected sequenceGuard(_message: IncomingRequestMessage): boolean {
    return true;
  }

  /**
   * The command that sends a request within the dialog.
   * @internal
   */
  _order(message: OutgoingRequestMessage): Command | number {
    return withBody(
      {
        type: "sendInDialog",
        dialog: this.handle,
        method: message.method,
        cseq: message._number ?? 0,
        headers: message._lines()
      },
      message._body()
    );
  }

  /** @internal */
  _noteSent({ method, cseq }: OutgoingRequestMessage): void {
    if (method !== "ACK") {
      this._know({ localSequence: cseq });
    }
  }

  /**
   * Something of the dialog is known, or has changed.
   * @internal
   */
  protected _know(fields: Partial<DialogFields>): void {
    // A copy, as it may be an event, which traces keep.
    this.known = "callId" in fields ? (fields as DialogFields) : { ...this.known!, ...fields };
    this.shown = undefined;
  }

  /**
   * Has the core make the dialog, or change it.
   * @param changes - What is to be different.
   * @param body - The 2xx that waits for its ACK, if one does.
   * @param exchange - What became of an offer or answer: 1 it was sent, 2 it came, 3 it was refused.
   * @param adopt - Given the handle of one that is made.
   * @internal
   */
  protected _put(
    changes: Partial<DialogFields>,
    body = "",
    exchange = 0,
    adopt?: (handle: number) => Face
  ): void {
    const { routes, ...fields } = { ...this.known!, ...changes };
    this._know(changes);
    engine().perform(
      {
        ...fields,
        type: "putDialog",
        core: this.core._configure(),
        dialog: this.handle,
        exchange,
        routes: routesOf(routes),
        body
      },
      adopt
    );
  }
}
