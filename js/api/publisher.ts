import type { URI } from "../grammar/uri.js";
import { Logger } from "../core/log/logger.js";
import type { IncomingResponseMessage } from "../core/messages/incoming-response-message.js";
import type { OutgoingPublishRequest } from "../core/messages/methods/publish.js";
import type { OutgoingRequestMessage } from "../core/messages/outgoing-request-message.js";
import { fromBodyLegacy } from "../core/messages/body.js";
import { Registration } from "../core/user-agents/registration.js";
import type { RegistrationOptions, RegistrationStatus } from "../core/user-agents/registration.js";
import { requireURI } from "./addresses.js";
import type { Emitter } from "./emitter.js";
import { EmitterImpl } from "./emitter.js";
import { validExpires } from "./expires.js";
import type { PublisherOptions } from "./publisher-options.js";
import type { PublisherPublishOptions } from "./publisher-publish-options.js";
import { PublisherState } from "./publisher-state.js";
import type { PublisherUnpublishOptions } from "./publisher-unpublish-options.js";
import { emitSafely } from "./state-change.js";
import type { UserAgent } from "./user-agent.js";

/**
 * A publisher publishes event state (RFC 3903), and keeps the publication alive until it is told to
 * unpublish.
 */
export class Publisher {
  private event: string;
  private options: PublisherOptions;
  private expires: number;
  private target: URI;
  private pubRequestBody: string | undefined;
  private disposed = false;
  private id: string;
  private callId: string | undefined;
  private fromTag: string | undefined;
  private publication: Registration;
  /** True from the first PUBLISH until what it published is gone. */
  private published = false;
  private _state: PublisherState = PublisherState.Initial;
  private _stateEventEmitter: EmitterImpl<PublisherState> | undefined;

  /**
   * @param userAgent - The user agent.
   * @param targetURI - Whose state it is, where the PUBLISH is sent to.
   * @param eventType - The event package, the value of Event.
   * @param options - The options.
   * @throws TypeError if an address is none.
   */
  constructor(
    private userAgent: UserAgent,
    targetURI: URI,
    eventType: string,
    options: PublisherOptions = {}
  ) {
    this.options = options;
    this.target = requireURI(targetURI, "target");
    this.event = eventType;
    this.pubRequestBody = options.body;
    this.expires = validExpires(options.expires, this.logger);
    this.publication = new Registration(userAgent.userAgentCore, this);
    const { callId, fromTag } = this._makeRequest(options.extraHeaders ?? []);
    this.callId = callId;
    this.fromTag = fromTag;
    this.id = callId + fromTag;
    userAgent._publishers[this.id] = this;
  }

  /**
   * Removes what is published, unless `unpublishOnClose` is false, and is not to be used any more.
   * @returns A promise resolved once the PUBLISH has been sent.
   */
  dispose(): Promise<void> {
    if (!this.disposed) {
      this.disposed = true;
      delete this.userAgent._publishers[this.id];
      if (this.options.unpublishOnClose ?? true) {
        return this.unpublish();
      }
      this.publication.dispose();
    }
    return Promise.resolve();
  }

  /** The state. */
  get state(): PublisherState {
    return this._state;
  }

  /** Tells of each change of `state`. */
  get stateChange(): Emitter<PublisherState> {
    return (this._stateEventEmitter ??= new EmitterImpl());
  }

  /**
   * Publishes, or replaces what is published. While another PUBLISH waits for its response it waits
   * too (RFC 3903 section 4).
   * @param content - What to publish.
   * @returns A promise resolved at once: `stateChange` tells what became of it. It is rejected with a
   * `TypeError` if a value cannot be sent.
   */
  async publish(content: string, _options: PublisherPublishOptions = {}): Promise<void> {
    this.pubRequestBody = content;
    this.send();
  }

  /**
   * Removes what is published, if anything is.
   * @returns A promise as that of `publish`.
   */
  async unpublish(_options: PublisherUnpublishOptions = {}): Promise<void> {
    if (this.published) {
      this.publication.unregister(false, this.options.extraHeaders ?? []);
    }
  }

  /**
   * A PUBLISH has had its final response.
   * @internal
   */
  protected receiveResponse(response: IncomingResponseMessage): void {
    if (this.published) {
      this.stateTransition(PublisherState.Published);
      return;
    }
    this.stateTransition(PublisherState.Unpublished);
    if (response.statusCode! >= 300) {
      this.stateTransition(PublisherState.Terminated);
      this.publication.dispose();
      delete this.userAgent._publishers[this.id];
    }
  }

  /**
   * Sends a PUBLISH.
   * @internal
   */
  protected send(): OutgoingPublishRequest {
    this.published = true;
    return this.publication.register(this.options.extraHeaders ?? []);
  }

  private get logger(): Logger {
    return new Logger(this.userAgent.getLoggerFactory(), "sip.Publisher");
  }

  /** @internal */
  _about(): RegistrationOptions {
    return { contact: "", event: this.event, expires: this.expires, refreshPercent: 90 };
  }

  /** @internal */
  _onChange({ registered, message }: RegistrationStatus): void {
    this.published = registered;
    if (message) {
      this.receiveResponse(message);
    }
  }

  /** @internal */
  _makeRequest(headers: string[]): OutgoingRequestMessage {
    const { configuration, userAgentCore } = this.userAgent;
    const { contentType = "text/plain", params = {} } = this.options;
    const { pubRequestBody: content } = this;
    return userAgentCore.makeOutgoingRequestMessage(
      "PUBLISH",
      this.target,
      params.fromUri ?? configuration.uri,
      params.toUri ?? this.target,
      {
        callId: this.callId,
        fromDisplayName: params.fromDisplayName,
        fromTag: this.fromTag ?? params.fromTag,
        toDisplayName: params.toDisplayName
      },
      headers,
      content ? fromBodyLegacy({ body: content, contentType }) : undefined
    );
  }

  private stateTransition(newState: PublisherState): void {
    if (this._state !== newState && this._state !== PublisherState.Terminated) {
      this._state = newState;
      this.logger.log(`Publication transitioned to ${newState}`);
      emitSafely(this._stateEventEmitter, newState);
    }
  }
}
