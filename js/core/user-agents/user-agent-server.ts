import { engine } from "../../engine/engine.js";
import type { Face } from "../../engine/engine.js";
import { CommandError } from "../../engine/errors.js";
import type { Event } from "../../engine/wire.js";
import type { URI } from "../../grammar/uri.js";
import { TransactionStateError } from "../exceptions/transaction-state-error.js";
import { TransportError } from "../exceptions/transport-error.js";
import type { Logger } from "../log/logger.js";
import type { LoggerFactory } from "../log/logger-factory.js";
import { IncomingRequestMessage } from "../messages/incoming-request-message.js";
import type { IncomingRequest, IncomingRequestDelegate } from "../messages/incoming-request.js";
import type { OutgoingResponse, ResponseOptions } from "../messages/outgoing-response.js";
import { bodyFields } from "../messages/utils.js";
import type { UserAgentCore } from "../user-agent-core/user-agent-core.js";

/** One request that came in (RFC 3261 section 8.2): the face of a server in the core. */
export class UserAgentServer implements IncomingRequest, Face {
  /** Its lines are of the request. */
  protected logger: Logger;
  /** The status code of the final response, 0 before there is one. */
  private final = 0;

  /**
   * @param core - The user agent core.
   * @param message - The request.
   * @param handle - The handle of the server.
   * @param delegate - Told what happens to the request.
   * @internal
   */
  constructor(
    protected core: UserAgentCore,
    public message: IncomingRequestMessage,
    protected handle: number,
    public delegate?: IncomingRequestDelegate
  ) {
    this.logger = this.loggerFactory.getLogger("sip.user-agent-server");
    core.userAgentServers.set(String(handle), this);
    engine().register(handle, this);
  }

  /** The logger factory. */
  get loggerFactory(): LoggerFactory {
    return this.core.loggerFactory;
  }

  /**
   * Sends a 2xx response.
   * @param options - Its parts. Default: 200.
   */
  accept(options: ResponseOptions = { statusCode: 200 }): OutgoingResponse {
    return this.respondWithin(200, 299, options);
  }

  /**
   * Sends a 1xx response other than 100.
   * @param options - Its parts. Default: 180.
   */
  progress(options: ResponseOptions = { statusCode: 180 }): OutgoingResponse {
    return this.respondWithin(101, 199, options);
  }

  /**
   * Sends a 3xx response.
   * @param contacts - Where to try instead.
   * @param options - Its parts. Default: 302.
   */
  redirect(contacts: Array<URI>, options: ResponseOptions = { statusCode: 302 }): OutgoingResponse {
    const headers = contacts.map((contact) => `Contact: <${contact.toString()}>`);
    const extraHeaders = [...headers, ...(options.extraHeaders ?? [])];
    return this.respondWithin(300, 399, { ...options, extraHeaders });
  }

  /**
   * Sends a 4xx, 5xx or 6xx response.
   * @param options - Its parts. Default: 480.
   */
  reject(options: ResponseOptions = { statusCode: 480 }): OutgoingResponse {
    return this.respondWithin(400, 699, options);
  }

  /**
   * Sends a 100 response.
   * @param options - Its parts. Default: 100.
   */
  trying(options?: ResponseOptions): OutgoingResponse {
    return this.respondWithin(100, 100, options ?? { statusCode: 100 });
  }

  /** @internal */
  _deliver(event: Event): void {
    switch (event.type) {
      case "cancelReceived":
        this.final = 487;
        if (event.message) {
          this.delegate?.onCancel?.(new IncomingRequestMessage(event.message));
        }
        break;
      case "responseFailed":
        this.delegate?.onTransportError?.(new TransportError("Response not sent."));
        break;
      case "terminated":
        this.core.userAgentServers.delete(String(this.handle));
        break;
    }
  }

  /**
   * Sends a REFER's sender word of how the reference goes on (RFC 3515 section 2.4.5).
   * @param status - The status code of the response to the referred request.
   * @param reason - Its reason phrase.
   * @internal
   */
  _notifyReferrer(status: number, reason: string): void {
    this.core._configure();
    engine().perform({ type: "notifyReferrer", server: this.handle, status, reason });
  }

  /**
   * Sends a response.
   * @param options - Its parts.
   * @param adopt - Given the handle of the dialog that it makes or belongs to.
   * @throws TransactionStateError after a final response.
   */
  protected respond(options: ResponseOptions, adopt?: (dialog: number) => Face): OutgoingResponse {
    const { statusCode, reasonPhrase = "", userAgent, supported, extraHeaders = [] } = options;
    const headers = extraHeaders.map((header) => header.trim());
    if (supported) {
      headers.unshift("Supported: " + supported.join(", "));
    }
    if (userAgent) {
      headers.push("User-Agent: " + userAgent);
    }
    this.core._configure();
    try {
      const { text } = engine().perform(
        {
          type: "respond",
          server: this.handle,
          status: statusCode,
          reason: reasonPhrase,
          headers,
          ...bodyFields(options.body)
        },
        adopt
      );
      if (statusCode >= 200) {
        this.final = statusCode;
      }
      return { message: text };
    } catch (error) {
      throw error instanceof CommandError ? this.refusal(statusCode, error) : error;
    }
  }

  private refusal(statusCode: number, { message }: CommandError): TransactionStateError {
    const { method } = this.message;
    if (!this.final) {
      return new TransactionStateError(`${method} ${statusCode}: ${message}.`);
    }
    const verbs = ["trying", "progress", "accept", "redirect", "reject"];
    const verb = verbs[statusCode === 100 ? 0 : Math.min(4, Math.trunc(statusCode / 100))];
    const state = method === "INVITE" && this.final < 300 ? "Accepted" : "Completed";
    return new TransactionStateError(`${method} not ${verb}able in state ${state}.`);
  }

  /**
   * Sends a response with a status code within bounds.
   * @internal
   */
  protected respondWithin(least: number, most: number, options: ResponseOptions): OutgoingResponse {
    checkStatus(least, most, options.statusCode);
    return this.respond(options);
  }
}

/**
 * @throws TypeError for a status code that is out of bounds.
 */
export function checkStatus(least: number, most: number, statusCode: number): void {
  if (!(statusCode >= least && statusCode <= most)) {
    throw new TypeError(`Invalid statusCode: ${statusCode}`);
  }
}
