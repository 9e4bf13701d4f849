import { logError } from "../log/log-error.js";
import { engine, traced } from "../../engine/engine.js";
import type { Face } from "../../engine/engine.js";
import { lazily } from "../../engine/lazily.js";
import type { MessageIndex } from "../../engine/message-index.js";
import { defaultTraceSize } from "../../engine/trace.js";
import type { Command, DialogChanged, Event, Transmit } from "../../engine/wire.js";
import type { URI } from "../../grammar/uri.js";
import { Dialog } from "../dialogs/dialog.js";
import { SessionDialog } from "../dialogs/session-dialog.js";
import type { Logger } from "../log/logger.js";
import type { LoggerFactory } from "../log/logger-factory.js";
import type { Body } from "../messages/body.js";
import { IncomingRequestMessage } from "../messages/incoming-request-message.js";
import type { IncomingResponseMessage } from "../messages/incoming-response-message.js";
import type {
  OutgoingInviteRequest,
  OutgoingInviteRequestDelegate
} from "../messages/methods/invite.js";
import type { OutgoingMessageRequest } from "../messages/methods/message.js";
import type { OutgoingPublishRequest } from "../messages/methods/publish.js";
import type { OutgoingRegisterRequest } from "../messages/methods/register.js";
import type {
  OutgoingSubscribeRequest,
  OutgoingSubscribeRequestDelegate
} from "../messages/methods/subscribe.js";
import type { OutgoingRequest, OutgoingRequestDelegate } from "../messages/outgoing-request.js";
import { OutgoingRequestMessage } from "../messages/outgoing-request-message.js";
import type { OutgoingRequestMessageOptions } from "../messages/outgoing-request-message.js";
import { constructOutgoingResponse } from "../messages/outgoing-response.js";
import type { OutgoingResponse, ResponseOptions } from "../messages/outgoing-response.js";
import { createCore } from "../transactions/lone-core.js";
import { NonInviteClientTransaction } from "../transactions/non-invite-client-transaction.js";
import type { Transport } from "../transport.js";
import { InviteUserAgentClient } from "../user-agents/invite-user-agent-client.js";
import { InviteUserAgentServer } from "../user-agents/invite-user-agent-server.js";
import { MessageUserAgentClient } from "../user-agents/message-user-agent-client.js";
import { MessageUserAgentServer } from "../user-agents/message-user-agent-server.js";
import { NotifyUserAgentServer } from "../user-agents/notify-user-agent-server.js";
import { PublishUserAgentClient } from "../user-agents/publish-user-agent-client.js";
import { ReferUserAgentServer } from "../user-agents/refer-user-agent-server.js";
import { RegisterUserAgentClient } from "../user-agents/register-user-agent-client.js";
import { RegisterUserAgentServer } from "../user-agents/register-user-agent-server.js";
import { SubscribeUserAgentClient } from "../user-agents/subscribe-user-agent-client.js";
import { SubscribeUserAgentServer } from "../user-agents/subscribe-user-agent-server.js";
import { UserAgentClient } from "../user-agents/user-agent-client.js";
import { serve } from "../user-agents/serve.js";
import type { Service } from "../user-agents/serve.js";
import { UserAgentServer } from "../user-agents/user-agent-server.js";
import { kept, sameSettings, settingsOf } from "./core-settings.js";
import type { Settings } from "./core-settings.js";
import type { UserAgentCoreConfiguration } from "./user-agent-core-configuration.js";
import type { UserAgentCoreDelegate } from "./user-agent-core-delegate.js";

/** How requests outside of dialogs are served. */
const services = new Map<string, Service>([
  ["INVITE", [InviteUserAgentServer, 486, "onInvite"]],
  ["MESSAGE", [MessageUserAgentServer, 200, "onMessage"]],
  ["NOTIFY", [NotifyUserAgentServer, 405, "onNotify"]],
  ["REFER", [ReferUserAgentServer, 405, "onRefer"]],
  ["REGISTER", [RegisterUserAgentServer, 405, "onRegister"]],
  ["SUBSCRIBE", [SubscribeUserAgentServer, 480, "onSubscribe"]]
]);

/** How many there were. */
let cores = 0;

/** A user agent core (RFC 3261 section 8): the face of a core of the stack. */
export class UserAgentCore implements Face {
  /** The configuration. What is changed in it holds for messages from then on. */
  configuration: UserAgentCoreConfiguration;
  /** Told of the requests that come in outside of dialogs. */
  delegate: UserAgentCoreDelegate;
  /** The dialogs by their id, as of when they are asked for. */
  declare dialogs: Map<string, Dialog>;
  /** The SUBSCRIBEs that wait for the NOTIFY that makes their subscription. */
  declare subscribers: Map<string, SubscribeUserAgentClient>;
  /** The requests on their way out, as of when they are asked for. */
  declare userAgentClients: Map<string, UserAgentClient>;
  /** The requests that came in and are not over yet, as of when they are asked for. */
  declare userAgentServers: Map<string, UserAgentServer>;

  /** @internal */
  readonly _traced = ++cores;

  /** The handle of the core, 0 as long as nobody needed it. */
  private handle = 0;
  private settings: Settings = [];
  private connected = true;
  /** The request that is being received. */
  private given: IncomingRequestMessage | undefined;

  /**
   * @param configuration - The configuration.
   * @param delegate - Told of the requests that come in outside of dialogs.
   */
  constructor(configuration: UserAgentCoreConfiguration, delegate: UserAgentCoreDelegate = {}) {
    this.configuration = configuration;
    this.delegate = delegate;
  }

  private get logger(): Logger {
    return this.loggerFactory.getLogger("sip.user-agent-core");
  }

  /** Ends everything in the core at once, without a word to any peer. */
  dispose(): void {
    this.reset();
  }

  /** Ends everything in the core at once, without a word to any peer. It can be used again. */
  reset(): void {
    if (this.handle !== 0) {
      engine().perform({ type: "disposeCore", core: this.handle });
    }
  }

  /** The logger factory. */
  get loggerFactory(): LoggerFactory {
    return this.configuration.loggerFactory;
  }

  /**
   * The transport.
   * @throws Error if there is none yet.
   */
  get transport(): Transport {
    const transport = this.configuration.transportAccessor();
    if (!transport) {
      throw new Error("Transport undefined.");
    }
    return transport;
  }

  /**
   * Sends an INVITE.
   * @param request - The request.
   * @param delegate - Told of the responses.
   * @throws TypeError if a value cannot be sent.
   */
  invite(
    request: OutgoingRequestMessage,
    delegate?: OutgoingInviteRequestDelegate
  ): OutgoingInviteRequest {
    return new InviteUserAgentClient(this, request, delegate);
  }

  /**
   * Sends a MESSAGE.
   * @param request - The request.
   * @param delegate - Told of the responses.
   * @throws TypeError if a value cannot be sent.
   */
  message(
    request: OutgoingRequestMessage,
    delegate?: OutgoingRequestDelegate
  ): OutgoingMessageRequest {
    return new MessageUserAgentClient(this, request, delegate);
  }

  /**
   * Sends a PUBLISH, once. A `Publisher` keeps a publication alive.
   * @param request - The request.
   * @param delegate - Told of the responses.
   * @throws TypeError if a value cannot be sent.
   */
  publish(
    request: OutgoingRequestMessage,
    delegate?: OutgoingRequestDelegate
  ): OutgoingPublishRequest {
    return new PublishUserAgentClient(this, request, delegate);
  }

  /**
   * Sends a REGISTER, once. A `Registerer` keeps a registration alive.
   * @param request - The request.
   * @param delegate - Told of the responses.
   * @throws TypeError if a value cannot be sent.
   */
  register(
    request: OutgoingRequestMessage,
    delegate?: OutgoingRequestDelegate
  ): OutgoingRegisterRequest {
    return new RegisterUserAgentClient(this, request, delegate);
  }

  /**
   * Sends a SUBSCRIBE.
   * @param request - The request, with its Event and Expires.
   * @param delegate - Told of the responses, and of the NOTIFY that makes the subscription.
   * @throws Error if it has no Event or no Expires.
   * @throws TypeError if a value cannot be sent.
   */
  subscribe(
    request: OutgoingRequestMessage,
    delegate?: OutgoingSubscribeRequestDelegate
  ): OutgoingSubscribeRequest {
    return new SubscribeUserAgentClient(this, request, delegate);
  }

  /**
   * Sends a request outside of any dialog.
   * @param request - The request.
   * @param delegate - Told of the responses.
   * @throws TypeError if a value cannot be sent.
   */
  request(request: OutgoingRequestMessage, delegate?: OutgoingRequestDelegate): OutgoingRequest {
    return new UserAgentClient(NonInviteClientTransaction, this, request, delegate);
  }

  /**
   * Makes a request, for one of the methods above.
   * @param method - The method.
   * @param requestURI - The Request-URI.
   * @param fromURI - Who it is from.
   * @param toURI - Who it is for.
   * @param options - Its other parts. What they leave out is as configured.
   * @param extraHeaders - Further header fields, `"Name: value"`.
   * @param body - Its body.
   */
  makeOutgoingRequestMessage(
    method: string,
    requestURI: URI,
    fromURI: URI,
    toURI: URI,
    options: OutgoingRequestMessageOptions,
    extraHeaders?: Array<string>,
    body?: Body
  ): OutgoingRequestMessage {
    const { configuration } = this;
    const message = new OutgoingRequestMessage(
      method,
      requestURI,
      fromURI,
      toURI,
      {
        callIdPrefix: configuration.sipjsId,
        fromDisplayName: configuration.displayName,
        forceRport: configuration.viaForceRport,
        hackViaTcp: configuration.hackViaTcp,
        optionTags: configuration.supportedOptionTags,
        routeSet: configuration.routeSet,
        userAgentString: configuration.userAgentHeaderFieldValue ?? "",
        viaHost: configuration.viaHost,
        ...options
      },
      extraHeaders,
      body
    );
    message._core = this;
    return message;
  }

  /**
   * A request came in. It is fully processed when this returns.
   * @param message - The request.
   */
  receiveIncomingRequestFromTransport(message: IncomingRequestMessage): void {
    const before = this.given;
    this.given = message;
    try {
      this._receive(message._text());
    } finally {
      this.given = before;
    }
  }

  /**
   * A response came in. It is fully processed when this returns.
   * @param message - The response.
   */
  receiveIncomingResponseFromTransport(message: IncomingResponseMessage): void {
    this._receive(message._text());
  }

  /**
   * Responds to a request for which there is no server (RFC 3261 section 8.2.7).
   * @param message - The request.
   * @param options - The parts of the response.
   * @throws TypeError for what is no status code, or a value that cannot be sent.
   */
  replyStateless(message: IncomingRequestMessage, options: ResponseOptions): OutgoingResponse {
    const { userAgentHeaderFieldValue, supportedOptionTagsResponse } = this.configuration;
    const response = constructOutgoingResponse(message, {
      userAgent: userAgentHeaderFieldValue,
      supported: supportedOptionTagsResponse,
      ...options
    });
    this.sendText(response.message).catch(logError(this.logger));
    return response;
  }

  /**
   * A message came in. It is fully processed when this returns.
   * @internal
   */
  _receive(text: string): void {
    const core = this._configure();
    // Enough to see that it is too large: the core's memory need not hold the whole of it.
    engine().receive(core, text.slice(0, (this.configuration.maxMessageSize || 2 ** 18) + 1));
  }

  /**
   * What was done lately and what came of it, as JSON lines.
   * @internal
   */
  _trace(): string {
    return engine().trace.text(this._traced, { perform: createCore(this.settings) });
  }

  /**
   * The transport has connected, or lost its connection.
   * @internal
   */
  _setConnected(connected: boolean): void {
    this.connected = connected;
    if (this.handle !== 0) {
      engine().perform({ type: "setConnected", core: this.handle, connected });
    }
  }

  /**
   * The session of a dialog, made if it is new.
   * @internal
   */
  _session(dialog: number): SessionDialog {
    let session = engine().find(dialog);
    if (!(session instanceof SessionDialog)) {
      // It hears what it is before anybody asks.
      const nothing = undefined as never;
      session = new SessionDialog(nothing, this, nothing)._adopt(dialog);
      engine().register(dialog, session);
    }
    return session as SessionDialog;
  }

  /**
   * The command that sends a request.
   * @throws Error if there is no transport.
   * @internal
   */
  _order(message: OutgoingRequestMessage): Command | number {
    void this.transport;
    const core = this._configure();
    return message._sender?._order(message) ?? message._format(core, "sendRequest");
  }

  /**
   * Takes over a request that came in, unless the core has done so.
   * @returns The handle of its server.
   * @internal
   */
  _serve(message: IncomingRequestMessage): number {
    return (message._server ??= engine().perform({
      type: "serveRequest",
      core: this._configure(),
      body: message._text()
    }).handle);
  }

  /**
   * The request of an event: the one that is being received, if somebody else has read it.
   * @param index - What the core found in it.
   * @param server - The handle of its server.
   * @internal
   */
  _message(index: MessageIndex, server: number): IncomingRequestMessage {
    const { given } = this;
    const message = given?.data === index.text ? given : new IncomingRequestMessage()._of(index);
    message._server = server;
    return message;
  }

  /**
   * Sees to it that the core in the stack exists and knows the present configuration.
   * @returns Its handle.
   * @internal
   */
  _configure(): number {
    const { settings: before, handle } = this;
    const now = settingsOf(this.configuration);
    if (handle !== 0 && sameSettings(now, before)) {
      return handle;
    }
    const settings = kept(now);
    if (handle === 0) {
      const { traceSize = defaultTraceSize } = this.configuration;
      const { trace } = engine();
      if (traceSize > trace.size) trace.size = traceSize;
      engine().perform(createCore(settings), (handle) => {
        this.handle = handle;
        return this;
      });
      engine().perform({ type: "setConnected", core: this.handle, connected: this.connected });
    } else {
      engine().perform({ ...createCore(settings), type: "configureCore", core: handle });
    }
    this.settings = settings;
    return this.handle;
  }

  /** @internal */
  _deliver(event: Event): void {
    switch (event.type) {
      case "transmit":
        this.transmit(event);
        break;
      case "requestReceived":
        if (event.message) {
          const message = this._message(event.message, event.server);
          serve(services, this, this, message, this.delegate);
        }
        break;
      case "dialogChanged":
        this.dialogOf(event)._deliver(event);
        break;
      case "log":
        this.loggerFactory.genericLog(event.level, event.category, undefined, event.text);
        break;
      case "discarded":
        this.logger.warn(`Discarded: ${event.reason}`);
        break;
      case "terminated":
        this.handle = 0;
        break;
    }
  }

  /** The face of a dialog, made if it is new. */
  private dialogOf({ dialog, client }: DialogChanged): Face {
    const subscriber = engine().find(client);
    return (
      engine().find(dialog) ??
      (subscriber instanceof SubscribeUserAgentClient
        ? subscriber._await(dialog)
        : this._session(dialog))
    );
  }

  private transmit({ origin, text }: Transmit): void {
    engine().transmitted = text;
    engine().find(origin)?._sent?.(text);
    this.sendText(text).catch((error: Error) => {
      this.logger.error(error.message);
      if (this.handle !== 0) {
        engine().perform({ type: "reportSendFailure", core: this.handle, origin });
      }
    });
  }

  /** Hands a text to the transport. Whatever that throws is a rejection; it may return no promise. */
  private sendText(text: string): Promise<void> {
    try {
      return Promise.resolve(this.transport.send(text));
    } catch (error) {
      return Promise.reject(error);
    }
  }
}

lazily(UserAgentCore, ["subscribers"], () => new Map<never, never>());

// Few ask for these: they are put together then, and nothing is kept for them.
for (const [name, of] of [
  ["dialogs", Dialog],
  ["userAgentClients", UserAgentClient],
  ["userAgentServers", UserAgentServer]
] as const) {
  Object.defineProperty(UserAgentCore.prototype, name, {
    configurable: true,
    get(this: UserAgentCore) {
      const found = new Map<string, Face>();
      for (const face of engine().faces.values()) {
        const key = traced(face) === this._traced && face instanceof of && face._key;
        if (key) found.set(key, face);
      }
      return found;
    }
  });
}
