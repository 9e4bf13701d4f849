import { engine } from "../../engine/engine.js";
import type { Face } from "../../engine/engine.js";
import { defaultTraceSize } from "../../engine/trace.js";
import type {
  CreateCore,
  DialogChanged,
  Event,
  RequestReceived,
  Transmit
} from "../../engine/wire.js";
import type { URI } from "../../grammar/uri.js";
import type { Dialog } from "../dialogs/dialog.js";
import { SessionDialog } from "../dialogs/session-dialog.js";
import type { Logger } from "../log/logger.js";
import type { LoggerFactory } from "../log/logger-factory.js";
import type { Body } from "../messages/body.js";
import { IncomingRequestMessage } from "../messages/incoming-request-message.js";
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
import type { Transport } from "../transport.js";
import { InviteUserAgentClient } from "../user-agents/invite-user-agent-client.js";
import { InviteUserAgentServer } from "../user-agents/invite-user-agent-server.js";
import { PublishUserAgentClient } from "../user-agents/publish-user-agent-client.js";
import { SubscribeUserAgentClient } from "../user-agents/subscribe-user-agent-client.js";
import { UserAgentClient } from "../user-agents/user-agent-client.js";
import { UserAgentServer } from "../user-agents/user-agent-server.js";
import { AcceptedContentTypes, AllowedMethods } from "./allowed-methods.js";
import type { UserAgentCoreConfiguration } from "./user-agent-core-configuration.js";
import type { UserAgentCoreDelegate } from "./user-agent-core-delegate.js";

type Settings = Omit<CreateCore, "type">;

/** A user agent core (RFC 3261 section 8): the face of a core of the stack. */
export class UserAgentCore implements Face {
  /** The configuration. What is changed in it holds for messages from then on. */
  configuration: UserAgentCoreConfiguration;
  /** Told of the requests that come in outside of dialogs. */
  delegate: UserAgentCoreDelegate;
  /** The dialogs by their id. */
  dialogs = new Map<string, Dialog>();
  /** The SUBSCRIBEs that wait for the NOTIFY that makes their subscription. */
  subscribers = new Map<string, SubscribeUserAgentClient>();
  /** The requests on their way out. */
  userAgentClients = new Map<string, UserAgentClient>();
  /** The requests that came in and are not over yet. */
  userAgentServers = new Map<string, UserAgentServer>();

  /** @internal */
  readonly _traced = {};
  /**
   * The text that was sent last.
   * @internal
   */
  _transmitted = "";

  private logger: Logger;
  /** The handle of the core, 0 as long as nobody needed it. */
  private handle = 0;
  private settings: Settings | undefined;
  private connected = true;

  /**
   * @param configuration - The configuration.
   * @param delegate - Told of the requests that come in outside of dialogs.
   */
  constructor(configuration: UserAgentCoreConfiguration, delegate: UserAgentCoreDelegate = {}) {
    this.configuration = configuration;
    this.delegate = delegate;
    this.logger = configuration.loggerFactory.getLogger("sip.user-agent-core");
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
    return this.request(request, delegate);
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
    return this.request(request, delegate);
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
    const client = new UserAgentClient(this, request, delegate);
    this._send(client);
    return client;
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
    const defaults: OutgoingRequestMessageOptions = {
      callIdPrefix: configuration.sipjsId,
      fromDisplayName: configuration.displayName,
      forceRport: configuration.viaForceRport,
      hackViaTcp: configuration.hackViaTcp,
      optionTags: configuration.supportedOptionTags.slice(),
      routeSet: configuration.routeSet.slice(),
      userAgentString: configuration.userAgentHeaderFieldValue ?? "",
      viaHost: configuration.viaHost
    };
    return new OutgoingRequestMessage(
      method,
      requestURI,
      fromURI,
      toURI,
      { ...defaults, ...options },
      extraHeaders,
      body
    )._by(() => this._configure());
  }

  /**
   * A message came in. It is fully processed when this returns.
   * @internal
   */
  _receive(text: string): void {
    const core = this._configure();
    // Enough to see that it is too large: the core's memory need not hold the whole of it.
    engine().receive(core, text.slice(0, (this.settings!.maxMessageSize || 2 ** 18) + 1));
  }

  /**
   * What was done lately and what came of it, as JSON lines.
   * @internal
   */
  _trace(): string {
    const perform = { type: "createCore", ...this.settings } as CreateCore;
    return engine().trace.text(this._traced, { perform });
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
      session = new SessionDialog(this, dialog);
      engine().register(dialog, session);
    }
    return session as SessionDialog;
  }

  /**
   * Sends a request outside of any dialog.
   * @internal
   */
  _send(client: UserAgentClient): void {
    const core = this._configure();
    client._start({ ...client.message._format(core), type: "sendRequest" });
  }

  /**
   * Sees to it that the core in the stack exists and knows the present configuration.
   * @returns Its handle.
   * @internal
   */
  _configure(): number {
    const settings = this.currentSettings();
    if (this.handle === 0) {
      const { traceSize = defaultTraceSize } = this.configuration;
      const { trace } = engine();
      if (traceSize > trace.size) trace.size = traceSize;
      engine().perform({ type: "createCore", ...settings }, (handle) => {
        this.handle = handle;
        return this;
      });
      engine().perform({ type: "setConnected", core: this.handle, connected: this.connected });
    } else if (this.settings && !equal(this.settings, settings)) {
      engine().perform({ type: "configureCore", core: this.handle, ...settings });
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
          this.receiveRequest(event, new IncomingRequestMessage(event.message));
        }
        break;
      case "dialogChanged":
        this.dialogOf(event)._deliver(event);
        break;
      case "log":
        this.loggerFactory.genericLog(event.level, event.category, undefined, event.text);
        break;
      case "discarded":
        this.logger.warn(`Discarded a message: ${event.reason}`);
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
    this._transmitted = text;
    engine().find(origin)?._sent?.(text);
    this.sendText(text).catch((error: Error) => {
      this.logger.error(`Transport error: ${error.message}`);
      if (this.handle !== 0) {
        engine().perform({ type: "reportSendFailure", core: this.handle, origin });
      }
    });
  }

  /** Hands a text to the transport. Whatever that throws is a rejection. */
  private sendText(text: string): Promise<void> {
    try {
      return this.transport.send(text);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  private receiveRequest(event: RequestReceived, message: IncomingRequestMessage): void {
    const { delegate } = this;
    if (message.method === "INVITE") {
      const request = new InviteUserAgentServer(this, message, event.server);
      request.trying();
      if (delegate.onInvite) {
        delegate.onInvite(request);
      } else {
        request.reject();
      }
      return;
    }
    const request = new UserAgentServer(this, message, event.server);
    if (message.method === "MESSAGE") {
      if (delegate.onMessage) {
        delegate.onMessage(request);
      } else {
        request.accept();
      }
    } else if (message.method === "NOTIFY" && delegate.onNotify) {
      delegate.onNotify(request);
    } else if (message.method === "REFER" && delegate.onRefer) {
      delegate.onRefer(request);
    } else if (message.method === "REGISTER" && delegate.onRegister) {
      delegate.onRegister(request);
    } else if (message.method === "SUBSCRIBE") {
      if (delegate.onSubscribe) {
        delegate.onSubscribe(request);
      } else {
        request.reject();
      }
    } else {
      // RFC 3261 section 15.1.2: "If the BYE does not match an existing dialog, the UAS core SHOULD
      // generate a 481 (Call/Transaction Does Not Exist) response".
      request.reject({ statusCode: message.method === "BYE" ? 481 : 405 });
    }
  }

  private currentSettings(): Settings {
    const { configuration } = this;
    const credentials = configuration.authenticationFactory();
    const protocol = configuration.transportAccessor()?.protocol ?? "WSS";
    return {
      transport: configuration.hackViaTcp ? "TCP" : protocol,
      sentBy: configuration.viaHost,
      forceRport: configuration.viaForceRport,
      contact: configuration.contact.toString(),
      userAgent: configuration.userAgentHeaderFieldValue ?? "",
      supported: configuration.supportedOptionTagsResponse.join(", "),
      allow,
      accept: (configuration.acceptedContentTypes ?? AcceptedContentTypes).join(", "),
      routes: configuration.routeSet.length
        ? configuration.routeSet.map((route) => "Route: " + route)
        : noRoutes,
      username: credentials?.username ?? "",
      password: credentials?.password ?? "",
      ha1: credentials?.ha1 ?? "",
      maxMessageSize: configuration.maxMessageSize ?? 0
    };
  }
}

const allow = [...AllowedMethods, "PRACK", "REGISTER", "SUBSCRIBE"].join();
const noRoutes: string[] = [];

function equal(a: Settings, b: Settings): boolean {
  for (const name of Object.keys(a) as Array<keyof Settings>) {
    if (a[name] !== b[name] && String(a[name]) !== String(b[name])) return false;
  }
  return true;
}
