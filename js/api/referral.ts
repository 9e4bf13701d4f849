import { NameAddrHeader } from "../grammar/name-addr-header.js";
import type { IncomingReferRequest } from "../core/messages/methods/refer.js";
import type { ResponseOptions } from "../core/messages/outgoing-response.js";
import { Answerable } from "./answerable.js";
import type { Inviter } from "./inviter.js";
import type { InviterOptions } from "./inviter-options.js";
import type { Session } from "./session.js";

/** A REFER that came in (RFC 3515): the peer wants us to call somebody. */
export class Referral extends Answerable {
  private inviter: Inviter | undefined;

  /** @internal */
  constructor(
    incoming: IncomingReferRequest,
    private session: Session
  ) {
    super(incoming);
  }

  /**
   * Whom to call.
   * @throws Error if Refer-To is malformed.
   */
  get referTo(): NameAddrHeader {
    const referTo = this.request.parseHeader("Refer-To");
    if (!(referTo instanceof NameAddrHeader)) {
      throw new Error("Failed to parse Refer-To header.");
    }
    return referTo;
  }

  /** Who wants it: the value of Referred-By (RFC 3892), undefined if there is none. */
  get referredBy(): string | undefined {
    return this.request.getHeader("Referred-By");
  }

  /** The escaped value of the Replaces header that the INVITE is to have, undefined for none. */
  get replaces(): string | undefined {
    return this.referTo.uri.getHeader("Replaces")?.[0];
  }

  /**
   * Sends a 2xx response. From then on the peer is told how the reference goes on.
   * @param options - Its parts. Default: 202.
   * @throws TransactionStateError if the request has been answered.
   */
  override accept(options: ResponseOptions = { statusCode: 202 }): Promise<void> {
    return super.accept(options);
  }

  /**
   * Makes the `Inviter` that calls the one referred to, with the header fields that the REFER asks for.
   * There is one of it: later calls return the same, whatever the options.
   * @param options - Its options.
   * @throws Error if Refer-To is malformed.
   */
  makeInviter(options?: InviterOptions): Inviter {
    if (this.inviter) {
      return this.inviter;
    }
    const target = this.referTo.uri.clone();
    target.clearHeaders();
    const { replaces, referredBy } = this;
    const extraHeaders = (options?.extraHeaders ?? []).slice();
    if (replaces) {
      extraHeaders.push("Replaces: " + decodeURIComponent(replaces));
    }
    if (referredBy) {
      extraHeaders.push("Referred-By: " + referredBy);
    }
    this.inviter = this.session.userAgent._makeInviter(target, { ...options, extraHeaders });
    this.inviter._referred = this.session;
    this.inviter._referrer = this.incoming;
    this.session._referral = this.inviter;
    return this.inviter;
  }
}
