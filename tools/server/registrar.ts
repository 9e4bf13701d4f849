/** Registrar and location service: RFC 3261 section 10.3. */

import type { Connection } from "./connection.js";
import type { Digest } from "./digest.js";
import { listField, makeResponse, type Field, type SipRequest, type URI } from "./message.js";

/** Where an address of record can be reached. */
export interface Binding {
  uri: string;
  key: string;
  connection: Connection;
  callId: string;
  cseq: number;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

export interface RegistrarOptions {
  /** Seconds given when the request names none. Default 600. */
  defaultExpires?: number;
  /** Shortest time granted, in seconds; less is answered with 423. Default 10. */
  minExpires?: number;
  /** Longest time granted, in seconds. Default 3600. */
  maxExpires?: number;
}

interface Wish {
  uri: string;
  key: string;
  expires: number;
}

export class Registrar {
  private readonly bindings = new Map<string, Binding[]>();
  private readonly flows = new Map<string, Connection>();
  private readonly limits: Required<RegistrarOptions>;

  constructor(
    private readonly digest: Digest,
    private readonly isUser: (user: string) => boolean,
    options: RegistrarOptions = {}
  ) {
    this.limits = { defaultExpires: 600, minExpires: 10, maxExpires: 3600, ...options };
  }

  /** Carries out a REGISTER and returns the text of the response. */
  register(request: SipRequest, connection: Connection): string {
    const verdict = this.digest.check(listAuthorization(request), request.method);
    if (verdict.result !== "authentic") {
      const challenges = this.digest.challenges(verdict.result === "stale");
      const fields = challenges.map((value) => ({ name: "WWW-Authenticate", value }));
      return makeResponse(request, 401, "Unauthorized", fields);
    }
    const { user } = request.face.to.uri;
    // RFC 3261 section 10.3, step 4: "If the authenticated user is not authorized to modify bindings,
    // the registrar MUST return a 403 (Forbidden) and skip the remaining steps."
    if (user === undefined || user !== verdict.user || !this.isUser(user)) {
      return makeResponse(request, 403, "Forbidden");
    }
    return this.update(user, request, connection);
  }

  /** The bindings of a user that have not expired. */
  contactsOf(user: string): Binding[] {
    const now = Date.now();
    const alive = (this.bindings.get(user) ?? []).filter((binding) => binding.expiresAt > now);
    if (alive.length > 0) this.bindings.set(user, alive);
    else this.bindings.delete(user);
    return alive;
  }

  /** The connection on which this contact was last seen. */
  connectionOf(contact: URI): Connection | undefined {
    return this.flows.get(contactKey(contact));
  }

  /**
   * Remembers that a contact is reached over this connection. A contact that is already reached over
   * an open connection stays there: only its owner, by registering, can move it.
   */
  learn(contact: URI, connection: Connection): void {
    const key = contactKey(contact);
    if (!this.flows.get(key)?.isOpen) this.flows.set(key, connection);
  }

  /** Forgets everything that was reached over a connection that closed. */
  drop(connection: Connection): void {
    for (const [user, bindings] of this.bindings) {
      this.bindings.set(
        user,
        bindings.filter((binding) => binding.connection !== connection)
      );
    }
    for (const [key, flow] of this.flows) {
      if (flow === connection) this.flows.delete(key);
    }
  }

  private update(user: string, request: SipRequest, connection: Connection): string {
    const { callId, cseq } = request.face;
    const bindings = this.contactsOf(user);
    // RFC 3261 section 10.3, step 6: "If the request has additional Contact fields or an expiration
    // time other than zero, the request is invalid, and the server MUST return a 400".
    const contacts = listField(request, "Contact");
    if (contacts.includes("*")) {
      if (contacts.length > 1 || request.face.getHeader("expires") !== "0") {
        return makeResponse(request, 400, "Invalid Request");
      }
      return this.store(user, [], request);
    }
    const wishes = this.readWishes(request);
    if (wishes === undefined) return makeResponse(request, 400, "Bad Contact");
    if (wishes.some(({ expires }) => expires > 0 && expires < this.limits.minExpires)) {
      const minimum = { name: "Min-Expires", value: String(this.limits.minExpires) };
      return makeResponse(request, 423, "Interval Too Brief", [minimum]);
    }
    // RFC 3261 section 10.3, step 7: "If the Call-ID value in the existing binding ... does agree, ...
    // the CSeq value ... If the value is higher than that of the existing binding, it MUST update".
    const outdated = wishes.some(({ key }) =>
      bindings.some((old) => old.key === key && old.callId === callId && old.cseq >= cseq)
    );
    if (outdated) return makeResponse(request, 400, "CSeq Out Of Order");
    const kept = bindings.filter((old) => !wishes.some(({ key }) => key === old.key));
    const fresh = wishes
      .filter(({ expires }) => expires > 0)
      .map(({ uri, key, expires }) => {
        const expiresAt = Date.now() + Math.min(expires, this.limits.maxExpires) * 1000;
        return { uri, key, connection, callId, cseq, expiresAt };
      });
    fresh.forEach(({ key }) => this.flows.set(key, connection));
    return this.store(user, [...kept, ...fresh], request);
  }

  private store(user: string, bindings: Binding[], request: SipRequest): string {
    this.bindings.set(user, bindings);
    // RFC 3261 section 10.3, step 8: the response "MUST contain Contact header field values
    // enumerating all current bindings. Each Contact value MUST feature an "expires" parameter".
    const fields: Field[] = bindings.map(({ uri, expiresAt }) => ({
      name: "Contact",
      value: `<${uri}>;expires=${Math.round((expiresAt - Date.now()) / 1000)}`
    }));
    return makeResponse(request, 200, "OK", fields);
  }

  private readWishes(request: SipRequest): Wish[] | undefined {
    const common = request.face.getHeader("expires");
    const wishes: Wish[] = [];
    for (let i = 0; i < (request.face.headers["Contact"]?.length ?? 0); i++) {
      const contact = request.face.parseHeader("contact", i);
      if (!contact?.uri) return undefined;
      const text = contact.getParam("expires") ?? common ?? String(this.limits.defaultExpires);
      // RFC 3261 section 20.19: "Malformed values SHOULD be treated as equivalent to 3600."
      const expires = /^\d+$/.test(text) ? Number(text) : 3600;
      wishes.push({ uri: contact.uri.toString(), key: contactKey(contact.uri), expires });
    }
    return wishes;
  }
}

function listAuthorization(request: SipRequest): string[] {
  return request.face.getHeaders("authorization");
}

function contactKey(uri: URI): string {
  return `${uri.user ?? ""}@${uri.host.toLowerCase()}:${uri.port ?? ""}`;
}
