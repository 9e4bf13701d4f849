/** Where a message goes: RFC 3261 section 16, with loose routing and Record-Route. */

import type { Connection } from "./connection.js";
import type { Digest } from "./digest.js";
import { Fork, forwardedRequest, makeBranch, type ForkContext, type Target } from "./fork.js";
import {
  copyLines,
  listField,
  makeResponse,
  readMessage,
  setField,
  type SipRequest,
  type SipResponse,
  type URI
} from "./message.js";
import type { Registrar } from "./registrar.js";

export interface ProxyOptions {
  /** The domain whose users are served; also the realm. */
  realm: string;
  /** Host and port of this server, as they stand in Via and Record-Route. */
  sentBy: string;
  /** Milliseconds that a callee may ring (Timer C, RFC 3261 section 16.8). Default 180000. */
  ringTimeout?: number;
  /** Milliseconds to wait for what should come at once (64*T1). Default 32000. */
  lingerTimeout?: number;
}

export class Proxy {
  private readonly forks = new Map<string, Fork>();
  private readonly context: ForkContext;

  constructor(
    private readonly registrar: Registrar,
    private readonly digest: Digest,
    private readonly isUser: (user: string) => boolean,
    private readonly options: ProxyOptions
  ) {
    this.context = {
      sentBy: options.sentBy,
      ringTimeout: options.ringTimeout ?? 180_000,
      lingerTimeout: options.lingerTimeout ?? 32_000,
      finished: (fork) => this.forks.delete(serverKey(fork.request))
    };
  }

  /** Takes one message from a connection; returns false if it was not SIP. */
  receive(text: string, from: Connection): boolean {
    const message = readMessage(text);
    if (message === undefined) return false;
    const contact = message.face.parseHeader("contact");
    if (contact?.uri && message.face.method !== "REGISTER") this.registrar.learn(contact.uri, from);
    if (message.kind === "response") this.receiveResponse(message);
    else this.receiveRequest(message, from);
    return true;
  }

  /** Forgets a connection that closed: its contacts, and its part in calls being set up. */
  drop(connection: Connection): void {
    this.registrar.drop(connection);
    [...this.forks.values()].forEach((fork) => fork.dropped(connection));
  }

  /** Ends all timers. */
  stop(): void {
    this.forks.forEach((fork) => fork.stop());
    this.forks.clear();
  }

  private receiveResponse(response: SipResponse): void {
    // RFC 3261 section 18.1.2: "the client transport examines the top Via header field value. If the
    // value of the "sent-by" parameter ... does not correspond to a value that the client transport
    // is configured to insert into requests, the response MUST be silently discarded."
    const id = response.face.viaBranch;
    if (/\sCANCEL$/.test(listField(response, "CSeq")[0] ?? "")) return;
    for (const fork of this.forks.values()) {
      const branch = fork.branches.find((candidate) => candidate.id === id);
      if (branch) return fork.receive(branch, response);
    }
  }

  private receiveRequest(request: SipRequest, from: Connection): void {
    stampReceived(request, from);
    if (request.method === "CANCEL") return this.cancel(request, from);
    // An ACK here is for a final response that this proxy relayed hop by hop; a second INVITE with
    // the same branch is a retransmission (RFC 3261 section 17.2.3). Both end here.
    if (this.forks.has(serverKey(request))) return;
    const refusal = this.validate(request);
    if (refusal !== undefined) return this.reply(request, from, refusal);
    this.popOwnRoute(request);
    if (request.method === "REGISTER") return from.send(this.registrar.register(request, from));
    this.forward(request, from);
  }

  private cancel(request: SipRequest, from: Connection): void {
    const fork = this.forks.get(serverKey(request));
    if (fork === undefined) {
      return from.send(makeResponse(request, 481, "Call/Transaction Does Not Exist"));
    }
    from.send(makeResponse(request, 200, "OK"));
    fork.cancel();
  }

  // RFC 3261 section 16.3: reasonable syntax, Max-Forwards, Proxy-Require.
  private validate(request: SipRequest): string | undefined {
    const hops = listField(request, "Max-Forwards")[0];
    if (hops !== undefined && !/^\d+$/.test(hops)) {
      return makeResponse(request, 400, "Bad Max-Forwards");
    }
    if (hops !== undefined && Number(hops) === 0) {
      return makeResponse(request, 483, "Too Many Hops");
    }
    const extensions = listField(request, "Proxy-Require");
    if (extensions.length > 0) {
      const unsupported = extensions.map((value) => ({ name: "Unsupported", value }));
      return makeResponse(request, 420, "Bad Extension", unsupported);
    }
    return undefined;
  }

  // RFC 3261 section 16.4: "If the first value in the Route header field indicates this proxy, the
  // proxy MUST remove that value from the request."
  private popOwnRoute(request: SipRequest): void {
    const [first = "", ...rest] = listField(request, "Route");
    const [, hostPort] = /<sips?:(?:[^@>]*@)?([^;?>]+)/i.exec(first) ?? [];
    if (hostPort === this.options.sentBy || hostPort === this.options.realm) {
      setField(request, "Route", rest);
    }
  }

  private forward(request: SipRequest, from: Connection): void {
    // Only what begins something is challenged: a dialog's tags are known to its two sides alone.
    const isInitial = request.method !== "ACK" && !request.face.toTag;
    // RFC 3261 section 12.2.1.1: the ACK for a 2xx goes to the remote target, which is a Contact. One
    // for an address of ours is for a refusal of this proxy's own, and ends here.
    const { ruri } = request.face;
    if (request.method === "ACK" && ruri && this.isOurs(ruri)) return;
    const refusal = isInitial ? this.authorize(request) : undefined;
    if (refusal !== undefined) return from.send(refusal);
    const targets = this.targets(request);
    if (typeof targets === "string") return this.reply(request, from, targets);
    if (request.method === "ACK") return this.forwardAck(request, targets);
    const fork = new Fork(request, from, targets, this.context);
    this.forks.set(serverKey(request), fork);
    fork.start();
  }

  // The ACK for a 2xx is a transaction of its own, and goes through without state.
  private forwardAck(request: SipRequest, [target]: Target[]): void {
    if (target === undefined) return;
    const { connection, uri } = target;
    connection.send(forwardedRequest(request, uri, makeBranch(), this.options.sentBy));
  }

  // RFC 3261 section 16.5: the targets of the request, or the text of a refusal.
  private targets(request: SipRequest): Target[] | string {
    const uri = request.face.ruri;
    if (uri === undefined) return makeResponse(request, 400, "Bad Request-URI");
    if (!this.isOurs(uri)) return this.contact(request, uri);
    if (!uri.user) return this.toServer(request);
    const contacts = this.registrar.contactsOf(uri.user);
    if (contacts.length > 0) return contacts;
    return this.isUser(uri.user)
      ? makeResponse(request, 480, "Temporarily Unavailable")
      : makeResponse(request, 404, "Not Found");
  }

  // A contact that was here once and whose socket is closed may come back; a domain will not.
  private contact(request: SipRequest, uri: URI): Target[] | string {
    const connection = this.registrar.connectionOf(uri);
    if (connection) return [{ uri: requestUri(request), connection }];
    return uri.host.endsWith(".invalid")
      ? makeResponse(request, 480, "Temporarily Unavailable")
      : makeResponse(request, 404, "Unknown Domain");
  }

  private toServer(request: SipRequest): string {
    return request.method === "OPTIONS"
      ? makeResponse(request, 200, "OK")
      : makeResponse(request, 404, "Not Found");
  }

  // RFC 3261 section 22.3: a proxy challenges with 407 and Proxy-Authenticate.
  private authorize(request: SipRequest): string | undefined {
    const verdict = this.digest.check(
      request.face.getHeaders("proxy-authorization"),
      request.method
    );
    if (verdict.result === "authentic") {
      const isSender = request.face.from.uri.user === verdict.user;
      if (!isSender) return makeResponse(request, 403, "Forbidden");
      const lines = copyLines(request);
      setField(lines, "Proxy-Authorization", []);
      request.fields = lines.fields;
      return undefined;
    }
    const challenges = this.digest.challenges(verdict.result === "stale");
    const fields = challenges.map((value) => ({ name: "Proxy-Authenticate", value }));
    return makeResponse(request, 407, "Proxy Authentication Required", fields);
  }

  private isOurs(uri: URI): boolean {
    const host = uri.host.toLowerCase();
    return host === this.options.realm.toLowerCase() || this.options.sentBy.startsWith(`${host}:`);
  }

  private reply(request: SipRequest, from: Connection, response: string): void {
    if (request.method !== "ACK") from.send(response);
  }
}

// RFC 3261 section 17.2.3: branch and sent-by identify the transaction; an ACK or CANCEL matches the
// INVITE it belongs to.
function serverKey(request: SipRequest): string {
  const method = ["ACK", "CANCEL"].includes(request.method) ? "INVITE" : request.method;
  const { host, port } = request.face.via;
  return `${request.face.viaBranch} ${host}:${port ?? ""} ${method}`;
}

// RFC 3261 section 18.2.1: "If the host portion of the "sent-by" parameter contains a domain name, or
// if it contains an IP address that differs from the packet source address, the server MUST add a
// "received" parameter to that Via header field value."
function stampReceived(request: SipRequest, from: Connection): void {
  const [top, ...rest] = listField(request, "Via");
  if (top === undefined || request.face.via.host === from.address) return;
  setField(request, "Via", [`${top};received=${from.address}`, ...rest]);
}

function requestUri(request: SipRequest): string {
  return request.startLine.split(" ")[1] ?? "";
}
