import { engine } from "../../engine/engine.js";
import type { DialogChanged } from "../../engine/wire.js";
import { Grammar } from "../../grammar/grammar.js";
import { URI } from "../../grammar/uri.js";
import type { Body } from "../messages/body.js";
import type { OutgoingRequestMessage } from "../messages/outgoing-request-message.js";
import type { UserAgentCore } from "../user-agent-core/user-agent-core.js";
import type { UserAgentClient } from "../user-agents/user-agent-client.js";

/**
 * A dialog (RFC 3261 section 12): the relationship between two user agents that requests and
 * responses make, and what the core has told of it.
 */
export class Dialog {
  /**
   * What is known of the dialog.
   * @internal
   */
  protected known: Omit<DialogChanged, "type" | "core"> | undefined;
  /**
   * The handle of the dialog in the core.
   * @internal
   */
  protected handle = 0;
  /** @internal */
  protected localSequence: number | undefined;
  /** @internal */
  protected remoteSequence: number | undefined;

  /**
   * @param core - The user agent core.
   * @internal
   */
  constructor(protected core: UserAgentCore) {}

  /** Ends the dialog without a word to the peer. */
  dispose(): void {
    if (engine().find(this.handle)) {
      engine().perform({ type: "disposeDialog", dialog: this.handle });
    }
  }

  /** Call-ID, local tag and remote tag, one after the other. */
  get id(): string {
    return this.callId + this.localTag + this.remoteTag;
  }

  /** True as long as no 2xx has confirmed the dialog. */
  get early(): boolean {
    return this.known === undefined || this.known.state < 2;
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
    return this.localSequence;
  }

  /** Sequence number of the last request that came in within the dialog. */
  get remoteSequenceNumber(): number | undefined {
    return this.remoteSequence;
  }

  /** Our address: From or To of the request that made it. */
  get localURI(): URI {
    return addressIn(this.known?.local);
  }

  /** The peer's address. */
  get remoteURI(): URI {
    return addressIn(this.known?.remote);
  }

  /** Where requests to the peer are sent. */
  get remoteTarget(): URI {
    return Grammar.URIParse(this.known?.remoteTarget ?? "") ?? nobody();
  }

  /** The user agent core. */
  get userAgentCore(): UserAgentCore {
    return this.core;
  }

  /**
   * A request within the dialog. The sequence number and the route set are the core's: they are known
   * once the request has been sent.
   * @param method - The method.
   * @param options - Its other parts.
   */
  createOutgoingRequestMessage(
    method: string,
    options?: { extraHeaders?: Array<string>; body?: Body }
  ): OutgoingRequestMessage {
    return this.core.makeOutgoingRequestMessage(
      method,
      this.remoteTarget,
      this.localURI,
      this.remoteURI,
      {
        callId: this.callId,
        cseq: (this.localSequence ?? 0) + 1,
        fromTag: this.localTag,
        toTag: this.remoteTag
      },
      options?.extraHeaders,
      options?.body
    );
  }

  /**
   * Sends a request within the dialog.
   * @internal
   */
  _send(client: UserAgentClient): void {
    this.core._configure();
    client._start({
      type: "sendInDialog",
      dialog: this.handle,
      method: client.message.method,
      headers: client.message._lines(),
      ...client.message._content()
    });
    this.localSequence = client.message.cseq;
  }
}

function addressIn(nameAddr: string | undefined): URI {
  return Grammar.nameAddrHeaderParse(nameAddr ?? "")?.uri ?? nobody();
}

/** For what is not known, or is of another scheme. */
function nobody(): URI {
  return new URI("sip", "anonymous", "anonymous.invalid");
}
