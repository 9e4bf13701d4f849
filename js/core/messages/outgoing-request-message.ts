import { engine } from "../../engine/engine.js";
import type { MessageIndex } from "../../engine/message-index.js";
import { copyOf } from "../../engine/text.js";
import type { Command } from "../../engine/wire.js";
import { canonicalName } from "../../grammar/header-name.js";
import { NameAddrHeader } from "../../grammar/name-addr-header.js";
import type { URI } from "../../grammar/uri.js";
import type { DialogState } from "../dialogs/dialog-state.js";
import { loneCore, createCore } from "../transactions/lone-core.js";
import type { Body } from "./body.js";
import { IncomingRequestMessage } from "./incoming-request-message.js";
import { impliedDisposition, newTag, withBody } from "./utils.js";

/** Parts of an outgoing request that do not depend on what it is for. */
export interface OutgoingRequestMessageOptions {
  /** Default: random. */
  callId?: string;
  /** How a random Call-ID begins. Default: not in any particular way. */
  callIdPrefix?: string;
  /** The sequence number. Default: 1. */
  cseq?: number;
  /** The display name in To. Default: none. */
  toDisplayName?: string;
  /** The tag of To, of a request within a dialog. Default: none. */
  toTag?: string;
  /** The display name in From. Default: none. */
  fromDisplayName?: string;
  /** The tag of From. Default: random. */
  fromTag?: string;
  /** Whether Via asks for the source port (RFC 3581). Default: false. */
  forceRport?: boolean;
  /** Whether Via claims TCP, whatever the transport. Default: false. */
  hackViaTcp?: boolean;
  /** Option tags of Supported. Default: outbound. */
  optionTags?: Array<string>;
  /** Values of Route. Default: none. */
  routeSet?: Array<string>;
  /** The value of User-Agent. Default: "sip.js". */
  userAgentString?: string;
  /** The sent-by of Via. Default: "". */
  viaHost?: string;
}

/**
 * What sends a request in another way than by itself and outside of dialogs.
 * @internal
 */
export interface Sender {
  /** The command that sends it, or the handle of its client if the core has sent it by itself. */
  _order(message: OutgoingRequestMessage): Command | number;
  /** It has been sent, and with the present sequence number. */
  _noteSent?(message: OutgoingRequestMessage): void;
}

/** Whom a request is for and from. */
type Addresses = Pick<DialogState, "remoteTarget" | "localURI" | "remoteURI">;

/** What is made of them. */
interface Parts {
  ruri: URI;
  from: NameAddrHeader;
  to: NameAddrHeader;
  headers: { [name: string]: Array<string> };
}

/** What is printed before anything else, and only by the core. */
const standard = new Set(["Route", "Via", "To", "From", "CSeq", "Call-ID"]);
/** The core writes it by itself. */
const usual = "Max-Forwards: 70";

/**
 * A request on its way out. The core writes it; as long as it has not been sent, everything about it
 * may still be changed.
 */
export class OutgoingRequestMessage {
  /** The method. */
  readonly method: string;
  /** The tag of From. */
  readonly fromTag: string;
  /** The tag of To, undefined outside of a dialog. */
  readonly toTag: string | undefined;
  /** The branch of Via, undefined until the request is sent. */
  branch: string | undefined = undefined;
  /** The Call-ID. */
  readonly callId: string;
  /** The sequence number. */
  cseq: number;
  /** Further header fields, `"Name: value"`. */
  extraHeaders: Array<string>;
  /** The body and its type, undefined for none. */
  body: { body: string; contentType: string } | undefined = undefined;

  /**
   * What sends it, if it is not sent by itself.
   * @internal
   */
  _sender?: Sender;
  /**
   * The sequence number that it is to have within a dialog, 0 for the next.
   * @internal
   */
  _number?: number;
  /**
   * The user agent core that is to send it, if one is, which gives its handle.
   * @internal
   */
  _core?: { _configure(): number };
  /**
   * Whom it is for and from, of a request within a dialog: few ask, and it takes long to read.
   * @internal
   */
  _addresses?: () => Addresses;
  /**
   * Seconds that a SUBSCRIBE waits before it is sent.
   * @internal
   */
  _after?: number;

  /** The same of others, until it has been sent. */
  private addresses: Addresses | undefined;
  private options: OutgoingRequestMessageOptions;
  private contentDisposition = "";
  /** What was sent, up to the body, and that, which somebody else has too. */
  private text: string | undefined;
  private sentBody = "";
  /** The values of Via and CSeq. */
  private via = "";
  private numbered: string;
  private parts: Parts | undefined;

  /**
   * @param method - The method.
   * @param ruri - The Request-URI.
   * @param fromURI - Who it is from.
   * @param toURI - Who it is for.
   * @param options - Its other parts.
   * @param extraHeaders - Further header fields, `"Name: value"`.
   * @param body - Its body.
   */
  constructor(
    method: string,
    ruri: URI,
    fromURI: URI,
    toURI: URI,
    options?: OutgoingRequestMessageOptions,
    extraHeaders?: Array<string>,
    body?: Body
  ) {
    options = this.options = { ...options };
    this.addresses = ruri && {
      remoteTarget: ruri.clone(),
      localURI: fromURI.clone(),
      remoteURI: toURI.clone()
    };
    this.method = method;
    this.fromTag = options.fromTag || newTag();
    this.toTag = options.toTag;
    this.callId = options.callId || (options.callIdPrefix ?? "") + newTag(15);
    this.cseq = options.cseq ?? 1;
    this.numbered = this.cseq + " " + method;
    this.extraHeaders = extraHeaders ? extraHeaders.slice() : [];
    if (body) {
      this._setBody(body);
    }
  }

  /** The header fields that a request must have, and those set by `setHeader`. */
  get headers(): { [name: string]: Array<string> } {
    return this.whole().headers;
  }

  /** The Request-URI. */
  get ruri(): URI {
    return this.whole().ruri;
  }

  /** The value of From. */
  get from(): NameAddrHeader {
    return this.whole().from;
  }

  /** The address in From. */
  get fromURI(): URI {
    return this.from.uri;
  }

  /** The value of To. */
  get to(): NameAddrHeader {
    return this.whole().to;
  }

  /** The address in To. */
  get toURI(): URI {
    return this.to.uri;
  }

  /**
   * The value of the first header field of a name, undefined if there is none.
   * @param name - The name, in any spelling.
   */
  getHeader(name: string): string | undefined {
    return this.getHeaders(name)[0];
  }

  /**
   * The values of all header fields of a name.
   * @param name - The name, in any spelling.
   */
  getHeaders(name: string): Array<string> {
    const canonical = canonicalName(name);
    if (this.headers[canonical]) {
      return this.headers[canonical].slice();
    }
    return this.extraHeaders
      .map((header) => header.split(":"))
      .filter(([other]) => canonicalName(other.trim()) === canonical)
      .map(([, ...value]) => value.join(":").trim());
  }

  /**
   * True if there is a header field of a name.
   * @param name - The name, in any spelling.
   */
  hasHeader(name: string): boolean {
    return this.headers[canonicalName(name)] !== undefined || this.getHeaders(name).length > 0;
  }

  /**
   * Sets the header fields of a name.
   * @param name - The name, in any spelling.
   * @param value - One value, or one for each of the header fields.
   */
  setHeader(name: string, value: string | Array<string>): void {
    this.headers[canonicalName(name)] = Array.isArray(value) ? value : [value];
  }

  /**
   * Notes the Via of the request. Sending it sets one of its own.
   * @param branch - The branch parameter.
   * @param transport - The transport protocol, for example "WSS".
   */
  setViaHeader(branch: string, transport: string): void {
    const { hackViaTcp, forceRport, viaHost = "" } = this.options;
    const sentProtocol = "SIP/2.0/" + (hackViaTcp ? "TCP" : transport);
    this.branch = branch;
    this.setHeader(
      "via",
      `${sentProtocol} ${viaHost};branch=${branch}${forceRport ? ";rport" : ""}`
    );
  }

  /** The message as it was sent, byte for byte; before that, as it would be with another branch. */
  toString(): string {
    if (this.text !== undefined) {
      return this.text + this.sentBody;
    }
    const { text } = engine().perform(this._format(this._core?._configure() ?? this.loneCore()));
    // A Via that was set stays as it is.
    const via = this.headers["Via"]?.[0];
    return via ? text.replace(/^Via:.*/m, () => "Via: " + via) : text;
  }

  /**
   * The request has been sent.
   * @param text - The message.
   * @internal
   */
  _sent(text: string): void {
    const { body = "" } = this.body ?? {};
    const { length } = text;
    const at = length - body.length;
    const parted = body && text.slice(at) === body;
    this.sentBody = parted ? body : "";
    if (parted) text = copyOf(text.slice(0, at));
    this.text = text;
    const via = lineOf("Via", text);
    if (via) {
      this.via = via;
      [, this.branch] = /;branch=([^;]*)/.exec(via) ?? [];
      this.numbered = lineOf("CSeq", text);
      this.cseq = parseInt(this.numbered);
      if (this.parts) Object.assign(this.parts.headers, this.numbers());
      // Whoever asks later finds them in the text.
      else if (!this.options.routeSet?.length && length < 2 ** 16) this.addresses = undefined;
    }
    this._sender?._noteSent?.(this);
  }

  /**
   * The CANCEL of this INVITE.
   * @param text - What the core sends.
   * @param extraHeaders - Its further header fields.
   * @internal
   */
  _canceled(text: string, extraHeaders: string[]): OutgoingRequestMessage {
    const { callId, cseq, fromTag, toTag, ruri, fromURI, toURI, options } = this;
    const cancel = new OutgoingRequestMessage(
      "CANCEL",
      ruri,
      fromURI,
      toURI,
      { ...options, callId, cseq, fromTag, toTag },
      extraHeaders
    );
    cancel._sent(text);
    return cancel;
  }

  /**
   * The command that has the core write the request, or send it.
   * @param core - The handle of the user agent core.
   * @internal
   */
  _format(core: number, type: "formatRequest" | "sendRequest" = "formatRequest"): Command {
    // Not kept, as few ask for it.
    const { ruri, headers } = this.parts ?? this.make();
    return withBody(
      {
        type,
        core,
        method: this.method,
        requestUri: ruri.toRaw(),
        from: headers["From"][0],
        to: headers["To"][0],
        callId: headers["Call-ID"][0],
        cseq: parseInt(headers["CSeq"][0]),
        after: this._after ?? 0,
        routes: (headers["Route"] ?? []).map((route) => "Route: " + route),
        headers: this._lines()
      },
      this._body()
    );
  }

  /**
   * The lines of the header fields that the core is given.
   * @internal
   */
  _lines(): string[] {
    const lines: string[] = [];
    const headers = this.parts?.headers ?? {};
    for (const name in headers) {
      if (!standard.has(name)) {
        const own = headers[name].map((value) => `${name}: ${value}`);
        lines.push(...own.filter((line) => line !== usual));
      }
    }
    lines.push(...this.extraHeaders.map((header) => header.trim()));
    const given = lines.join("\n");
    if (!headers["Supported"] && !/^supported *:/im.test(given)) {
      lines.push("Supported: " + this.supported().join(", "));
    }
    const { userAgentString = "sip.js" } = this.options;
    if (!headers["User-Agent"] && userAgentString && !/^user-agent *:/im.test(given)) {
      lines.push("User-Agent: " + userAgentString);
    }
    return lines;
  }

  /**
   * Sets the body with its disposition, which `body` does not show.
   * @internal
   */
  _setBody(body: Body): void {
    this.body = { body: body.content, contentType: body.contentType };
    this.contentDisposition = body.contentDisposition;
  }

  /**
   * The body with its disposition.
   * @internal
   */
  _body(): Body | undefined {
    if (!this.body) {
      return undefined;
    }
    const { body, contentType } = this.body;
    const contentDisposition = this.contentDisposition || impliedDisposition(contentType);
    return { contentDisposition, contentType, content: body };
  }

  /** What was made of the addresses, made now if nobody has asked before. */
  private whole(): Parts {
    return (this.parts ??= this.make());
  }

  private make(): Parts {
    const { options, toTag, fromTag } = this;
    const { remoteTarget, localURI, remoteURI } =
      this._addresses?.() ?? this.addresses ?? addressesIn(this.toString());
    const from = nameAddr(localURI, options.fromDisplayName, fromTag);
    const to = nameAddr(remoteURI, options.toDisplayName, toTag);
    const headers = {
      Route: (options.routeSet ?? []).slice(),
      ...this.numbers(),
      To: [to.toString()],
      From: [from.toString()],
      "Call-ID": [this.callId],
      "Max-Forwards": ["70"]
    };
    return { ruri: remoteTarget, from, to, headers };
  }

  /** The header fields that change when the request is sent. */
  private numbers() {
    return { Via: [this.via], CSeq: [this.numbered] };
  }

  private supported(): string[] {
    const { optionTags = ["outbound"] } = this.options;
    return this.method === "REGISTER" ? [...optionTags, "path", "gruu"] : optionTags;
  }

  /** A core that writes a request that no user agent core is to send. */
  private loneCore(): number {
    const { forceRport = false, viaHost, hackViaTcp } = this.options;
    const core = loneCore();
    engine().perform({
      ...createCore(),
      type: "configureCore",
      core,
      transport: hackViaTcp ? "TCP" : "WSS",
      sentBy: viaHost || "invalid",
      forceRport
    });
    return core;
  }
}

/** The value of the first header field of a name, as the core writes it. "" if there is none. */
function lineOf(name: string, text: string): string {
  const at = text.indexOf(`\n${name}: `) + name.length + 3;
  return at < name.length + 3 ? "" : text.slice(at, text.indexOf("\r", at));
}

function addressesIn(text: string): Addresses {
  const index = engine().parseMessage(text) as MessageIndex;
  const { ruri, from, to } = new IncomingRequestMessage()._of(index);
  return { remoteTarget: ruri!, localURI: from.uri, remoteURI: to.uri };
}

function nameAddr(
  uri: URI,
  displayName: string | undefined,
  tag: string | undefined
): NameAddrHeader {
  // RFC 3261 section 25.1: within a quoted-string a quote is escaped by a backslash.
  const quotable =
    displayName && displayName.replace(/\\[^]|"/g, (text) => (text === '"' ? '\\"' : text));
  return new NameAddrHeader(uri, quotable || "", tag ? { tag } : {});
}
