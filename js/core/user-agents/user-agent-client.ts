import { engine } from "../../engine/engine.js";
import type { Face } from "../../engine/engine.js";
import { CommandError } from "../../engine/errors.js";
import type { Command, Event, ResponseReceived } from "../../engine/wire.js";
import type { Logger } from "../log/logger.js";
import type { LoggerFactory } from "../log/logger-factory.js";
import { IncomingResponseMessage } from "../messages/incoming-response-message.js";
import type { OutgoingRequestMessage } from "../messages/outgoing-request-message.js";
import type {
  OutgoingRequest,
  OutgoingRequestDelegate,
  RequestOptions
} from "../messages/outgoing-request.js";
import type { UserAgentCore } from "../user-agent-core/user-agent-core.js";

/**
 * One request on its way out (RFC 3261 section 8.1): the face of a client in the core, which sends
 * the request again where need be and answers challenges.
 */
export class UserAgentClient implements OutgoingRequest, Face {
  /** Its lines are of the request. */
  protected logger: Logger;
  /** The handle of the client, 0 before it is sent. */
  protected handle = 0;

  /**
   * @param core - The user agent core.
   * @param message - The request.
   * @param delegate - Told of the responses.
   * @internal
   */
  constructor(
    protected core: UserAgentCore,
    public message: OutgoingRequestMessage,
    public delegate?: OutgoingRequestDelegate
  ) {
    this.logger = this.loggerFactory.getLogger("sip.user-agent-client");
  }

  /** Ends the transaction: nothing is heard of the request any more. */
  dispose(): void {
    if (this.core.userAgentClients.has(String(this.handle))) {
      engine().perform({ type: "disposeRequest", request: this.handle });
    }
  }

  /** The logger factory. */
  get loggerFactory(): LoggerFactory {
    return this.core.loggerFactory;
  }

  /**
   * Cancels an INVITE (RFC 3261 section 9.1).
   * @param reason - The value of Reason.
   * @param options - Further header fields of the CANCEL.
   * @throws Error after a final response.
   */
  cancel(reason?: string, options: RequestOptions = {}): void {
    const headers = reason === undefined ? [] : ["Reason: " + reason];
    try {
      engine().perform({
        type: "cancel",
        client: this.handle,
        headers: [...headers, ...(options.extraHeaders ?? [])]
      });
    } catch (error) {
      throw error instanceof CommandError ? new Error(error.message) : error;
    }
  }

  /**
   * Sends the request.
   * @param command - What sends it.
   * @throws TypeError if a value cannot be sent.
   * @throws CommandError in the wrong state.
   * @internal
   */
  _start(command: Command): this {
    engine().perform(command, (handle) => this._adopt(handle));
    return this;
  }

  /**
   * Becomes the face of a client.
   * @param handle - The handle of the client.
   * @internal
   */
  _adopt(handle: number): this {
    this.handle = handle;
    this.core.userAgentClients.set(String(handle), this);
    return this;
  }

  /** @internal */
  _sent(text: string): void {
    this.message._sent(text);
  }

  /** @internal */
  _deliver(event: Event): void {
    if (event.type === "responseReceived" && event.message) {
      this.receiveResponse(new IncomingResponseMessage(event.message), event);
    } else if (event.type === "terminated") {
      this.core.userAgentClients.delete(String(this.handle));
    }
  }

  /**
   * A response came in, or the core made one.
   * @param message - The response.
   * @param _event - What the core says of it.
   * @internal
   */
  protected receiveResponse(message: IncomingResponseMessage, _event: ResponseReceived): void {
    this._tell(message);
  }

  /**
   * Calls the method of the delegate that is for the status of a response.
   * @internal
   */
  _tell(message: IncomingResponseMessage): void {
    const status = message.statusCode ?? 0;
    if (status === 100) {
      this.delegate?.onTrying?.({ message });
    } else if (status < 200) {
      this.delegate?.onProgress?.({ message });
    } else if (status < 300) {
      this.delegate?.onAccept?.({ message });
    } else if (status < 400) {
      this.delegate?.onRedirect?.({ message });
    } else {
      this.delegate?.onReject?.({ message });
    }
  }
}
