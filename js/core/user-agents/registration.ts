import { engine } from "../../engine/engine.js";
import type { Face } from "../../engine/engine.js";
import type { Command, CreateRegistration, Event, RegistrationChanged } from "../../engine/wire.js";
import { IncomingResponseMessage } from "../messages/incoming-response-message.js";
import type { OutgoingRequestDelegate } from "../messages/outgoing-request.js";
import type { OutgoingRequestMessage } from "../messages/outgoing-request-message.js";
import { withBody } from "../messages/utils.js";
import type { UserAgentCore } from "../user-agent-core/user-agent-core.js";
import { PublishUserAgentClient } from "./publish-user-agent-client.js";
import { RegisterUserAgentClient } from "./register-user-agent-client.js";
import { UserAgentClient } from "./user-agent-client.js";

/** The state of one that is registered. */
const registered = 1;

/** How a registration stands. */
export interface RegistrationStatus {
  registered: boolean;
  /** The values of Contact in a 2xx, undefined if none came. */
  contacts: string[] | undefined;
  /** Seconds to wait before the next attempt, undefined if the registrar named none. */
  retryAfter: number | undefined;
  /** True if the response is to a REGISTER that the core sent by itself. */
  refresh: boolean;
  /** The final response, undefined if the registration ran out. */
  message: IncomingResponseMessage | undefined;
}

/** What a registration is about. */
export type RegistrationOptions = Pick<
  CreateRegistration,
  "contact" | "event" | "expires" | "refreshPercent"
>;

/** Whose registration it is. */
export interface Registrant {
  /** Makes a REGISTER with header fields. */
  _makeRequest(headers: string[]): OutgoingRequestMessage;
  /** What it is about. */
  _about(): RegistrationOptions;
  /** Told how it stands. Returns before the delegate of the request is told. */
  _onChange(status: RegistrationStatus): void;
  /** Told after the delegate of the request that it has had its final response. */
  _onFinal?(): void;
}

/**
 * A binding of a contact to an address of record (RFC 3261 section 10), or with an event a publication
 * (RFC 3903), which the core keeps alive: the face of a registration in the core.
 * @internal
 */
export class Registration implements Face {
  /** The handle, 0 as long as nothing was sent. */
  private handle = 0;

  /**
   * @param core - The user agent core.
   * @param registrant - Whose it is.
   */
  constructor(
    protected core: UserAgentCore,
    private registrant: Registrant
  ) {}

  /**
   * Sends a REGISTER, or a PUBLISH with the body of the request.
   * @param headers - Further header fields, also of refreshes.
   * @param delegate - Told of the responses.
   */
  register(headers: string[], delegate?: OutgoingRequestDelegate): UserAgentClient {
    return this.send(headers, delegate, { type: "register" });
  }

  /**
   * Sends a REGISTER that removes the binding.
   * @param all - Whether it removes every binding of the address of record.
   * @param headers - Further header fields.
   * @param delegate - Told of the responses.
   */
  unregister(all: boolean, headers: string[], delegate?: OutgoingRequestDelegate): UserAgentClient {
    return this.send(headers, delegate, { type: "unregister", all });
  }

  private send(
    headers: string[],
    delegate: OutgoingRequestDelegate | undefined,
    command: { type: "register" } | { type: "unregister"; all: boolean }
  ): UserAgentClient {
    const message = this.registrant._makeRequest(headers);
    message._sender = {
      _order: (): Command => {
        const fields = { registration: this.create(), headers: message._lines() };
        return command.type === "register"
          ? withBody({ ...command, ...fields }, message._body())
          : { ...command, ...fields };
      }
    };
    return message.method === "PUBLISH"
      ? new PublishUserAgentClient(this.core, message, delegate)
      : new RegisterUserAgentClient(this.core, message, delegate);
  }

  /** Forgets the registration without a word to the registrar. */
  dispose(): void {
    if (this.handle !== 0) {
      engine().perform({ type: "disposeRegistration", registration: this.handle });
    }
  }

  /** @internal */
  _deliver(event: Event): void {
    if (event.type === "registrationChanged") {
      this.change(event);
    } else if (event.type === "terminated") {
      this.handle = 0;
    }
  }

  private change(event: RegistrationChanged): void {
    const message = event.message ? new IncomingResponseMessage()._of(event.message) : undefined;
    const accepted = !!message && message.statusCode! < 300;
    this.registrant._onChange({
      registered: event.state === registered,
      contacts: accepted ? event.contacts : undefined,
      retryAfter: event.retryAfter || undefined,
      refresh: event.refresh,
      message
    });
    if (!message) {
      return;
    }
    const client = engine().find(event.client);
    try {
      if (client instanceof UserAgentClient) {
        client._tell(message);
      }
    } finally {
      if (!event.refresh) {
        this.registrant._onFinal?.();
      }
    }
  }

  /** The registration in the core, made if need be. */
  private create(): number {
    const core = this.core._configure();
    if (this.handle === 0) {
      const request = this.registrant._makeRequest([]);
      engine().perform(
        {
          type: "createRegistration",
          core,
          registrar: request.ruri.toRaw(),
          from: request.getHeader("From")!,
          to: request.getHeader("To")!,
          callId: request.callId,
          ...this.registrant._about(),
          headers: []
        },
        (handle) => {
          this.handle = handle;
          return this;
        }
      );
    }
    return this.handle;
  }
}
