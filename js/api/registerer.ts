import { logError } from "../core/log/log-error.js";
import { CommandError } from "../engine/errors.js";
import { Grammar } from "../grammar/grammar.js";
import type { URI } from "../grammar/uri.js";
import { equivalentURI } from "../grammar/uri.js";
import { Logger } from "../core/log/logger.js";
import type { IncomingResponseMessage } from "../core/messages/incoming-response-message.js";
import type { OutgoingRegisterRequest } from "../core/messages/methods/register.js";
import type { OutgoingRequestMessage } from "../core/messages/outgoing-request-message.js";
import { allow } from "../core/user-agent-core/allowed-methods.js";
import { Registration } from "../core/user-agents/registration.js";
import type { RegistrationOptions, RegistrationStatus } from "../core/user-agents/registration.js";
import type { Emitter } from "./emitter.js";
import { EmitterImpl } from "./emitter.js";
import { RequestPendingError } from "./exceptions/request-pending.js";
import type { RegistererOptions } from "./registerer-options.js";
import type { RegistererRegisterOptions } from "./registerer-register-options.js";
import { RegistererState } from "./registerer-state.js";
import type { RegistererUnregisterOptions } from "./registerer-unregister-options.js";
import { emitSafely } from "./state-change.js";
import type { UserAgent } from "./user-agent.js";
import { checkUUID, given, logOptions, newUUID } from "./user-agent-configuration.js";

/**
 * A registerer registers the contact of its user agent for an address of record, and keeps the
 * registration alive until it is told to unregister.
 */
export class Registerer {
  private disposed = false;
  private id: string;
  private expires: number;
  private refreshFrequency: number;
  private options: RegistererOptions;
  private callId: string | undefined;
  private fromTag: string | undefined;
  private registration: Registration;
  private _contacts: Array<string> = [];
  private _retryAfter: number | undefined;
  private _state: RegistererState = RegistererState.Initial;
  private _stateEventEmitter: EmitterImpl<RegistererState> | undefined;
  /** True while a REGISTER waits for its final response. */
  private _waiting = false;
  /** What is to be done when it has come. */
  private _waitingFor: Array<() => void> | undefined;

  /**
   * @param userAgent - The user agent.
   * @param options - The options.
   * @throws Error if `expires`, `instanceId` or `refreshFrequency` is out of bounds.
   */
  constructor(
    private userAgent: UserAgent,
    options: RegistererOptions = {}
  ) {
    this.options = given(options);
    this.expires = options.expires || 600;
    this.refreshFrequency = options.refreshFrequency ?? 99;
    this.checkOptions();
    if (options.logConfiguration ?? true) {
      logOptions(this.logger, this.options);
    }
    this.registration = new Registration(userAgent.userAgentCore, this);
    const { callId, fromTag } = this._makeRequest(this.options.extraHeaders ?? []);
    this.callId = callId;
    this.fromTag = fromTag;
    // The same names with each user agent: they are objects of one shape.
    this.id = "r" + userAgent._registererCount++;
    userAgent._registerers[this.id] = this;
  }

  /** The contacts that the registrar listed when it last accepted a REGISTER. */
  get contacts(): Array<string> {
    return this._contacts.slice();
  }

  /**
   * How many seconds the registrar asked to wait before the next attempt, when it refused the last one;
   * undefined if it did not. It is there when the state becomes "Unregistered" and when `onReject` is
   * called.
   */
  get retryAfter(): number | undefined {
    return this._retryAfter;
  }

  /** The state. */
  get state(): RegistererState {
    return this._state;
  }

  /** Tells of each change of `state`. */
  get stateChange(): Emitter<RegistererState> {
    return (this._stateEventEmitter ??= new EmitterImpl());
  }

  /**
   * Unregisters if need be, and is not to be used any more.
   * @returns A promise resolved once that is done.
   */
  dispose(): Promise<void> {
    if (this.disposed) {
      return Promise.resolve();
    }
    this.disposed = true;
    delete this.userAgent._registerers[this.id];
    return new Promise((resolve) => {
      this.whenIdle(() => {
        if (this._state === RegistererState.Registered) {
          this.send(true, {}).catch(logError(this.logger));
        }
        this.whenIdle(() => {
          this.registration.dispose();
          this.stateTransition(RegistererState.Terminated);
          resolve();
        });
      });
    });
  }

  /**
   * Sends a REGISTER. If it is accepted, the registration is refreshed until `unregister()` is called.
   * @param options - The options.
   * @returns A promise resolved once it has been sent: `stateChange` and `requestDelegate` tell what became
   * of it. It is rejected with a {@link RequestPendingError} while another REGISTER waits for its
   * response, and with a `TypeError` if a value cannot be sent.
   * @throws Error after `dispose()`.
   */
  register(options: RegistererRegisterOptions = {}): Promise<OutgoingRegisterRequest> {
    this.requireUse();
    return this.send(false, options);
  }

  /**
   * Sends a REGISTER that removes the registration.
   * @param options - The options.
   * @returns A promise as that of `register`.
   * @throws Error after `dispose()`.
   */
  unregister(options: RegistererUnregisterOptions = {}): Promise<OutgoingRegisterRequest> {
    this.requireUse();
    if (this._state !== RegistererState.Registered && !options.all) {
      this.logger.warn("Not registered, unregistering anyway.");
    }
    return this.send(true, options);
  }

  private async send(
    remove: boolean,
    options: RegistererUnregisterOptions
  ): Promise<OutgoingRegisterRequest> {
    if (this._waiting) {
      throw new RequestPendingError(
        "REGISTER request already in progress, waiting for final response"
      );
    }
    const { requestDelegate, requestOptions, all = false } = options;
    if (requestOptions?.body) {
      throw new TypeError("A REGISTER has no body.");
    }
    const headers = [...(requestOptions?.extraHeaders ?? this.options.extraHeaders ?? [])];
    this.setWaiting(true);
    try {
      return remove
        ? this.registration.unregister(all, headers, requestDelegate)
        : this.registration.register([...headers, allow], requestDelegate);
    } catch (error) {
      this.setWaiting(false);
      // A refresh of the core's own is under way.
      throw error instanceof CommandError ? new RequestPendingError(error.message) : error;
    }
  }

  private get logger(): Logger {
    return new Logger(this.userAgent.getLoggerFactory(), "sip.Registerer");
  }

  /** @internal */
  _about(): RegistrationOptions {
    return {
      contact: this.contactValue(),
      event: "",
      expires: Math.trunc(this.expires),
      refreshPercent: Math.trunc(this.refreshFrequency)
    };
  }

  /** @internal */
  _onFinal(): void {
    this.setWaiting(false);
  }

  /**
   * The core says how the registration stands.
   * @internal
   */
  _onChange(status: RegistrationStatus): void {
    this._retryAfter = status.retryAfter;
    if (status.contacts) {
      this._contacts = status.contacts;
      this.readGruu(status.message!);
    }
    if (!status.registered) {
      this._contacts = status.contacts ?? [];
    }
    const state = status.registered ? RegistererState.Registered : RegistererState.Unregistered;
    if (this._state !== state && this._state !== RegistererState.Terminated) {
      this.stateTransition(state);
    }
  }

  /** RFC 5627 section 4.2: the GRUUs that the registrar has given to our contact. */
  private readGruu(response: IncomingResponseMessage): void {
    const { contact } = this.userAgent;
    const values = response.getHeaders("Contact");
    for (let i = 0; i < values.length; i++) {
      const binding = /gruu/i.test(values[i]) && response.parseHeader("Contact", i);
      if (!binding || !equivalentURI(binding.uri, contact.uri)) {
        continue;
      }
      const gruu = (name: string): URI | undefined =>
        Grammar.URIParse((binding.getParam(name) ?? "").replace(/^"|"$/g, ""));
      contact.pubGruu = gruu("pub-gruu") ?? contact.pubGruu;
      contact.tempGruu = gruu("temp-gruu") ?? contact.tempGruu;
    }
  }

  private stateTransition(newState: RegistererState): void {
    this._state = newState;
    this.logger.log(`Registration transitioned to ${newState}`);
    emitSafely(this._stateEventEmitter, newState);
    if (newState === RegistererState.Terminated && !this.disposed) {
      void this.dispose();
    }
  }

  private setWaiting(waiting: boolean): void {
    this._waiting = waiting;
    if (!waiting) {
      const callbacks = this._waitingFor;
      this._waitingFor = undefined;
      callbacks?.forEach((callback) => callback());
    }
  }

  private whenIdle(callback: () => void): void {
    (this._waitingFor ??= []).push(callback);
    this.setWaiting(this._waiting);
  }

  private requireUse(): void {
    if (this._state === RegistererState.Terminated || this.disposed) {
      throw new Error("Registerer terminated. Unable to register.");
    }
  }

  private checkOptions(): void {
    const { instanceId } = this.options;
    if (instanceId !== undefined) {
      checkUUID(instanceId);
    }
    if (this.expires < 0) {
      throw new Error("Invalid expires.");
    }
    if (this.refreshFrequency < 50 || this.refreshFrequency > 99) {
      throw new Error(
        "Invalid refresh frequency. The value represents a percentage of the expiration time and should be between 50 and 99."
      );
    }
  }

  /** @internal */
  _makeRequest(headers: string[]): OutgoingRequestMessage {
    const { _options: configuration, userAgentCore } = this.userAgent;
    const { params = {} } = this.options;
    const registrar = this.options.registrar ?? configuration.uri.clone();
    if (!this.options.registrar) {
      registrar.user = undefined;
    }
    return userAgentCore.makeOutgoingRequestMessage(
      "REGISTER",
      registrar,
      params.fromUri ?? configuration.uri,
      params.toUri ?? configuration.uri,
      {
        callId: this.callId,
        fromTag: this.fromTag ?? params.fromTag,
        fromDisplayName: params.fromDisplayName ?? configuration.displayName,
        toDisplayName: params.toDisplayName
      },
      headers
    );
  }

  /** The value of Contact, without "expires", which is the core's. */
  private contactValue(): string {
    const { regId, extraContactHeaderParams = [] } = this.options;
    const { contact, _options: configuration } = this.userAgent;
    let value = contact.toString({ register: true });
    if (regId) {
      value += `;reg-id=${regId}`;
      if (!configuration.instanceIdAlwaysAdded) {
        const instanceId = (this.options.instanceId ??= newUUID());
        value += `;+sip.instance="<urn:uuid:${instanceId}>"`;
      }
    }
    return [value, ...extraContactHeaderParams].join(";");
  }
}
