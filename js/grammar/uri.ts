import { engine, ParseKind } from "../engine/engine.js";
import { formatParameters } from "./format-parameters.js";
import { canonicalName } from "./header-name.js";
import { Parameters } from "./parameters.js";

/**
 * A SIP or SIPS URI (RFC 3261 section 19.1). Scheme and host are kept as they were given, for
 * `toRaw`, and in lower case, for everything else.
 */
export class URI extends Parameters {
  /** The header component: names in their usual spelling, each with its values. */
  headers: { [name: string]: Array<string> } = {};

  private rawScheme: string;
  private rawUser: string | undefined;
  private rawHost: string;
  private rawPort: number | undefined;

  /**
   * @param scheme - "sip" or "sips". Default "sip".
   * @param user - The user part, not escaped; with a password after a colon if need be. "" for none.
   * @param host - A host name or an IP address, an IPv6 address in brackets.
   * @param port - The port, undefined for the default one.
   * @param parameters - The URI parameters.
   * @param headers - The header component.
   * @throws TypeError without a host.
   */
  constructor(
    scheme: string | undefined = "sip",
    user: string,
    host: string,
    port?: number,
    parameters?: { [name: string]: string | number | null },
    headers?: { [name: string]: Array<string> }
  ) {
    super(parameters!);
    if (!host) {
      throw new TypeError('missing or invalid "host" parameter');
    }
    for (const name in headers) {
      this.setHeader(name, headers[name]);
    }
    this.rawScheme = scheme;
    this.rawUser = user;
    this.rawHost = host;
    this.rawPort = port;
  }

  /** The scheme in lower case. */
  get scheme(): string {
    return this.rawScheme.toLowerCase();
  }

  set scheme(value: string) {
    this.rawScheme = value;
  }

  /** The user part, not escaped. */
  get user(): string | undefined {
    return this.rawUser;
  }

  set user(value: string | undefined) {
    this.rawUser = value;
  }

  /** The host in lower case. */
  get host(): string {
    return this.rawHost.toLowerCase();
  }

  set host(value: string) {
    this.rawHost = value;
  }

  /** User and host: `alice@example.com`. */
  get aor(): string {
    return this.user + "@" + this.host;
  }

  /** The port, undefined if the URI names none. */
  get port(): number | undefined {
    return this.rawPort;
  }

  set port(value: number | undefined) {
    this.rawPort = value === 0 ? value : value || undefined;
  }

  /**
   * Sets a header of the header component.
   * @param name - Its name.
   * @param value - Its value, or its values.
   */
  setHeader(name: string, value: Array<string> | string): void {
    this.headers[canonicalName(name)] = Array.isArray(value) ? value : [value];
  }

  /**
   * The values of a header, undefined if there is no such header.
   * @param name - Its name.
   */
  getHeader(name: string): Array<string> | undefined {
    return name && this.hasHeader(name) ? this.headers[canonicalName(name)] : undefined;
  }

  /**
   * True if there is such a header.
   * @param name - Its name.
   */
  hasHeader(name: string): boolean {
    return !!name && Object.hasOwn(this.headers, canonicalName(name));
  }

  /**
   * Removes a header.
   * @param header - Its name.
   * @returns What its values were, undefined if there was no such header.
   */
  deleteHeader(header: string): Array<string> | undefined {
    const values = this.getHeader(header);
    if (values) {
      delete this.headers[canonicalName(header)];
    }
    return values;
  }

  /** Removes all headers. */
  clearHeaders(): void {
    this.headers = {};
  }

  /** An independent copy. */
  clone(): URI {
    const { rawScheme, rawUser = "", rawHost, rawPort } = this;
    const copy = new URI(rawScheme, rawUser, rawHost, rawPort);
    copy.parameters = { ...this.parameters };
    for (const name in this.headers) {
      copy.headers[name] = this.headers[name].slice();
    }
    return copy;
  }

  /** The URI with scheme and host as they were given. */
  toRaw(): string {
    return this.format(this.rawScheme, this.rawHost);
  }

  /** The URI with scheme and host in lower case. */
  override toString(): string {
    return this.format(this.scheme, this.host);
  }

  private format(scheme: string, host: string): string {
    const { user, port } = this;
    let text = scheme + ":";
    if (user) {
      text += escapeUser(user) + "@";
    }
    text += host;
    if (port || port === 0) {
      text += ":" + port;
    }
    text += formatParameters(this.parameters);
    let before = "?";
    for (const name in this.headers) {
      for (const value of this.headers[name]) {
        text += `${before}${name}=${value}`;
        before = "&";
      }
    }
    return text;
  }
}

/**
 * Escapes the user part. Of the characters that may stand there as they are (RFC 3261 section 25.1,
 * user-unreserved), "&", "=", "$", "," and ";" are escaped all the same, as in SIP.js.
 */
function escapeUser(user: string): string {
  if (/^[-\w.!~*'()+]*$/.test(user)) {
    return user;
  }
  let plain = user;
  try {
    plain = decodeURIComponent(user);
  } catch {
    // A "%" that escapes nothing stands for itself.
  }
  return encodeURIComponent(plain).replace(/%(3A|2B|3F|2F)/gi, decodeURIComponent);
}

/**
 * True if two URIs are equivalent (RFC 3261 section 19.1.4).
 * @param a - One URI.
 * @param b - The other.
 */
export function equivalentURI(a: URI, b: URI): boolean {
  return !!engine().parse(ParseKind.Equivalent, `${a} ${b}`);
}
