import { engine } from "../../engine/engine.js";
import type { LoggerFactory } from "../log/logger-factory.js";
import { loneCore } from "../transactions/lone-core.js";
import type { OutgoingRequestMessage } from "./outgoing-request-message.js";

/** A challenge as `parseHeader` gives it. */
interface Challenge {
  realm?: string;
  nonce?: string;
  opaque?: string;
  stale?: boolean;
  algorithm?: string;
  qop?: string[];
}

/**
 * Answers digest challenges (RFC 3261 section 22, RFC 7616, RFC 8760). What the core answers by itself
 * it answers with the user name and password of one of these.
 */
export class DigestAuthentication {
  /** Whether the last challenge was for a nonce that had grown old only. */
  stale: boolean | undefined;

  /** @internal */
  readonly _ha1: string;
  /** @internal */
  readonly _username: string;
  /** @internal */
  readonly _password: string;

  private nonce: string | undefined;
  /** How many credentials were made with the nonce. */
  private count = 0;
  private credentials = "";

  /**
   * @param loggerFactory - Makes the logger.
   * @param ha1 - The digest of user name, realm and password, in place of a password. It can answer
   * challenges for MD5 only.
   * @param username - The user name.
   * @param password - The password.
   */
  constructor(
    private loggerFactory: LoggerFactory,
    ha1: string | undefined,
    username: string | undefined,
    password: string | undefined
  ) {
    this._ha1 = ha1 ?? "";
    this._username = username ?? "";
    this._password = password ?? "";
  }

  /**
   * Makes the credentials for a request.
   * @param request - The request.
   * @param challenge - The parsed value of WWW-Authenticate or Proxy-Authenticate.
   * @param body - The body of the request, for a challenge that wants its integrity protected.
   * @returns False for a challenge that cannot be answered. The log says so.
   */
  // What parseHeader gives.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  authenticate(request: OutgoingRequestMessage, challenge: any, body?: string): boolean {
    const { realm, nonce, stale } = challenge as Challenge;
    this.stale = stale;
    const text = Object.entries(challenge as Challenge)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${JSON.stringify(String(value))}`)
      .join();
    if (nonce !== this.nonce) {
      this.nonce = nonce;
      this.count = 0;
    }
    const reply = engine().perform({
      type: "formatCredentials",
      core: loneCore(),
      challenge: "Digest " + text,
      username: this._username,
      password: this._password,
      ha1: this._ha1,
      method: request.method,
      uri: request.ruri.toRaw(),
      body: body ?? "",
      nonceCount: this.count
    });
    if (!reply.text || realm === undefined) {
      const logger = this.loggerFactory.getLogger("sip.digestauthentication");
      logger.warn(`Not answered: ${text}`);
      return false;
    }
    this.count++;
    this.credentials = reply.text;
    return true;
  }

  /**
   * The value of Authorization or Proxy-Authorization.
   * @throws Error before `authenticate` has made credentials.
   */
  toString(): string {
    if (!this.credentials) {
      throw new Error("response field does not exist, cannot generate Authorization header");
    }
    return this.credentials;
  }
}
