/**
 * One request that the proxy passes on, to one place or to several at once: RFC 3261 section 16.7
 * (responses), 16.8 (Timer C), 16.9 (transport errors) and 16.10 (CANCEL), over a reliable transport.
 */
import { randomBytes } from "node:crypto";
import type { Connection } from "./connection.js";
import {
  copyLines,
  listField,
  makeResponse,
  setField,
  writeMessage,
  type SipRequest,
  type SipResponse
} from "./message.js";

export interface Target {
  uri: string;
  connection: Connection;
}

/** What a fork needs of the proxy around it. */
export interface ForkContext {
  /** Host and port that stand in our Via and Record-Route. */
  sentBy: string;
  /** Milliseconds that a callee may ring (Timer C). */
  ringTimeout: number;
  /** Milliseconds to wait for a first answer (Timer B, F), for that to a CANCEL, for late 2xx. */
  lingerTimeout: number;
  /** Called once, when no more messages of this request are expected. */
  finished(fork: Fork): void;
}

interface Branch {
  id: string;
  target: Target;
  state: "calling" | "proceeding" | "completed";
  cancelled: boolean;
}

interface Outcome {
  status: number;
  reason: string;
  response?: SipResponse;
}

/** A random branch with the cookie of RFC 3261 section 8.1.1.7. */
export function makeBranch(): string {
  return `z9hG4bK${randomBytes(9).toString("hex")}`;
}

export class Fork {
  readonly branches: Branch[];
  /** True once a final response has gone upstream. */
  answered = false;
  private readonly outcomes: Outcome[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    readonly request: SipRequest,
    readonly upstream: Connection,
    targets: Target[],
    private readonly context: ForkContext
  ) {
    this.branches = targets.map((target) => {
      return { id: makeBranch(), target, state: "calling", cancelled: false };
    });
  }

  start(): void {
    if (this.isInvite) this.upstream.send(makeResponse(this.request, 100, "Trying"));
    for (const { id, target } of this.branches) {
      target.connection.send(forwardedRequest(this.request, target.uri, id, this.context.sentBy));
    }
    this.restart(this.context.lingerTimeout);
  }

  /** Takes a response that came in on one of the branches. */
  receive(branch: Branch, response: SipResponse): void {
    if (response.status < 200) this.receiveProvisional(branch, response);
    else if (response.status < 300) this.receiveSuccess(branch, response);
    else this.receiveFailure(branch, response);
  }

  // RFC 3261 section 16.10: "If a matching response context is found, the element MUST immediately
  // return a 200 (OK) response to the CANCEL request."
  /** Cancels what is still ringing. */
  cancel(): void {
    this.branches.forEach((branch) => this.cancelBranch(branch));
    if (!this.answered) this.restart(this.context.lingerTimeout);
  }

  /** A connection went away: the caller's, or that of one who was called. */
  dropped(connection: Connection): void {
    if (connection === this.upstream) this.cancel();
    for (const branch of this.branches) {
      if (branch.target.connection !== connection || branch.state === "completed") continue;
      // Departs from RFC 3261 section 16.9 (503): a page that was closed is a phone that is off.
      this.complete(branch, { status: 480, reason: "Temporarily Unavailable" });
    }
  }

  /** Ends all timers. */
  stop(): void {
    clearTimeout(this.timer);
  }

  private get isInvite(): boolean {
    return this.request.method === "INVITE";
  }

  private receiveProvisional(branch: Branch, response: SipResponse): void {
    if (branch.state === "completed") return;
    const held = branch.state === "calling" && branch.cancelled;
    branch.state = "proceeding";
    if (held) this.sendCancel(branch);
    if (this.answered || response.status === 100) return;
    this.relay(response);
    // RFC 3261 section 16.7, step 2: "If the response has a status code between 101 and 199
    // inclusive (i.e., anything but 100), the proxy MUST reset timer C for that client branch."
    if (!branch.cancelled) this.restart(this.context.ringTimeout);
  }

  // RFC 3261 section 16.7, step 5: "After a final response has been sent on the server transaction,
  // the following responses MUST be forwarded immediately: - Any 2xx response to an INVITE request".
  private receiveSuccess(branch: Branch, response: SipResponse): void {
    branch.state = "completed";
    if (this.isInvite || !this.answered) this.relay(response);
    this.finish();
    this.branches.forEach((other) => this.cancelBranch(other));
  }

  private receiveFailure(branch: Branch, response: SipResponse): void {
    if (this.isInvite) this.acknowledge(branch, response);
    if (branch.state === "completed") return;
    const { status } = response;
    this.complete(branch, { status, reason: response.face.reasonPhrase ?? "", response });
    // RFC 3261 section 16.7, step 5: "If a 6xx response is received, it is not immediately forwarded,
    // but the stateful proxy SHOULD cancel all client pending transactions".
    if (status >= 600) this.branches.forEach((other) => this.cancelBranch(other));
  }

  private complete(branch: Branch, outcome: Outcome): void {
    branch.state = "completed";
    this.outcomes.push(outcome);
    if (this.branches.every(({ state }) => state === "completed")) this.sendBest();
  }

  private sendBest(): void {
    if (this.answered) return;
    const best = bestOutcome(this.outcomes);
    if (best.response) this.relay(best.response);
    else this.upstream.send(makeResponse(this.request, best.status, best.reason));
    this.finish();
  }

  private cancelBranch(branch: Branch): void {
    if (!this.isInvite || branch.state === "completed" || branch.cancelled) return;
    branch.cancelled = true;
    // RFC 3261 section 9.1: "If no provisional response has been received, the CANCEL request MUST
    // NOT be sent; rather, the client MUST wait for the arrival of a provisional response".
    if (branch.state === "proceeding") this.sendCancel(branch);
  }

  private sendCancel({ id, target }: Branch): void {
    target.connection.send(hopByHop(this.request, "CANCEL", target.uri, id, this.context.sentBy));
  }

  // RFC 3261 section 17.1.1.3: the ACK "MUST contain values for the Call-ID, From, and Request-URI
  // that are equal to the values of those header fields in the request", and the To of the response.
  private acknowledge({ id, target }: Branch, response: SipResponse): void {
    const to = response.face.getHeader("to");
    target.connection.send(hopByHop(this.request, "ACK", target.uri, id, this.context.sentBy, to));
  }

  private relay(response: SipResponse): void {
    const lines = copyLines(response);
    setField(lines, "Via", listField(lines, "Via").slice(1));
    this.upstream.send(writeMessage(lines));
  }

  private finish(): void {
    this.answered = true;
    if (this.isInvite) this.restart(this.context.lingerTimeout);
    else this.end();
  }

  private restart(delay: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.expired(), delay);
    this.timer.unref();
  }

  private expired(): void {
    // RFC 4320 section 4.2: a proxy must not send a 408 to a non-INVITE request.
    if (this.answered || !this.isInvite) return this.end();
    const waiting = this.branches.filter(({ state }) => state !== "completed");
    if (waiting.every(({ cancelled, state }) => cancelled || state === "calling")) {
      const outcome = { status: 408, reason: "Request Timeout" };
      return waiting.forEach((branch) => this.complete(branch, outcome));
    }
    // RFC 3261 section 16.8: "If timer C should fire, the proxy MUST either reset the timer with any
    // value it chooses, or terminate the client transaction. If the client transaction has received a
    // provisional response, the proxy MUST generate a CANCEL request matching that transaction."
    this.cancel();
  }

  private end(): void {
    this.stop();
    this.context.finished(this);
  }
}

// RFC 3261 section 16.7, step 6: "It MUST choose from the 6xx class responses if any exist in the
// context. If no 6xx class responses are present, the proxy SHOULD choose from the lowest response
// class stored in the response context."
function bestOutcome(outcomes: Outcome[]): Outcome {
  const informative = [401, 407, 415, 420, 484];
  const rank = ({ status }: Outcome) =>
    status >= 600 ? 0 : Math.floor(status / 100) * 10 + (informative.includes(status) ? 0 : 1);
  return outcomes.reduce((best, next) => (rank(next) < rank(best) ? next : best));
}

/** The copy of a request for one target: RFC 3261 section 16.6. */
export function forwardedRequest(
  request: SipRequest,
  uri: string,
  branch: string,
  sentBy: string
): string {
  const lines = copyLines(request);
  lines.startLine = `${request.method} ${uri} SIP/2.0`;
  const hops = Number(listField(lines, "Max-Forwards")[0] ?? 71);
  setField(lines, "Max-Forwards", [String(hops - 1)]);
  if (request.method !== "ACK") {
    const routes = listField(lines, "Record-Route");
    setField(lines, "Record-Route", [`<sip:${sentBy};transport=ws;lr>`, ...routes]);
  }
  setField(lines, "Via", [viaValue(sentBy, branch), ...listField(lines, "Via")]);
  return writeMessage(lines);
}

function viaValue(sentBy: string, branch: string): string {
  return `SIP/2.0/WS ${sentBy};branch=${branch}`;
}

// RFC 3261 section 17.1.1.3: the ACK "MUST contain values for the Call-ID, From, and Request-URI that
// are equal to the values of those header fields in the request", the To of the response, one Via.
function hopByHop(
  request: SipRequest,
  method: string,
  uri: string,
  branch: string,
  sentBy: string,
  to = request.face.getHeader("to") ?? ""
): string {
  const { face } = request;
  const fields = [
    { name: "Via", value: viaValue(sentBy, branch) },
    { name: "Max-Forwards", value: "70" },
    { name: "From", value: face.getHeader("from") ?? "" },
    { name: "To", value: to },
    { name: "Call-ID", value: face.callId },
    { name: "CSeq", value: `${face.cseq} ${method}` },
    ...listField(request, "Route").map((value) => ({ name: "Route", value })),
    { name: "Content-Length", value: "0" }
  ];
  return writeMessage({ startLine: `${method} ${uri} SIP/2.0`, fields, body: "" });
}
