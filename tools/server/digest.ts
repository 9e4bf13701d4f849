/** Digest authentication at the server: RFC 3261 section 22, RFC 7616 and RFC 8760. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Somebody who may sign in. The password is kept in the clear: this server is for trying out. */
export interface Account {
  user: string;
  password: string;
  /** Name to show, for the demo page. */
  name: string;
}

export type Algorithm = "MD5" | "SHA-256";

/** Who sent the request, or why the server does not believe it. */
export type Verdict =
  { result: "authentic"; user: string } | { result: "missing" | "wrong" | "stale" };

const nonceSeconds = 300;

export class Digest {
  private readonly secret = randomBytes(32);

  constructor(
    readonly realm: string,
    private readonly accounts: Account[],
    private readonly algorithms: Algorithm[]
  ) {}

  // RFC 8760 section 2.4: "When the UAS receives a request ... it MUST add these header fields to the
  // response in order of preference ... topmost header field being the most preferred."
  /** The values of the challenge header fields of a 401 or 407, most preferred first. */
  challenges(stale: boolean): string[] {
    return this.algorithms.map(
      (algorithm) =>
        `Digest realm="${this.realm}", nonce="${this.makeNonce()}", algorithm=${algorithm}, ` +
        `qop="auth"${stale ? ", stale=true" : ""}`
    );
  }

  /** Checks the Authorization or Proxy-Authorization values of a request. */
  check(headers: string[], method: string): Verdict {
    const credentials = headers
      .map(readCredentials)
      .find((candidate) => candidate["realm"] === this.realm);
    if (credentials === undefined) return { result: "missing" };
    const account = this.accounts.find(({ user }) => user === credentials["username"]);
    const algorithm = (credentials["algorithm"] ?? "MD5").toUpperCase() as Algorithm;
    if (account === undefined || !this.algorithms.includes(algorithm)) return { result: "wrong" };
    const expected = digestResponse(credentials, account, method, algorithm);
    if (!equal(expected, credentials["response"] ?? "")) return { result: "wrong" };
    // RFC 7616 section 3.3: stale "indicating that the previous request from the client was rejected
    // because the nonce value was stale".
    if (!this.isFresh(credentials["nonce"] ?? "")) return { result: "stale" };
    return { result: "authentic", user: account.user };
  }

  private makeNonce(time = Date.now().toString(36)): string {
    return `${time}.${createHmac("sha256", this.secret).update(time).digest("hex").slice(0, 32)}`;
  }

  private isFresh(nonce: string): boolean {
    const [time = ""] = nonce.split(".");
    const age = Date.now() - parseInt(time, 36);
    return equal(nonce, this.makeNonce(time)) && age >= 0 && age < nonceSeconds * 1000;
  }
}

function digestResponse(
  fields: Record<string, string>,
  account: Account,
  method: string,
  algorithm: Algorithm
): string {
  const name = algorithm === "MD5" ? "md5" : "sha256";
  const hash = (text: string) => createHash(name).update(text).digest("hex");
  const a1 = hash(`${account.user}:${fields["realm"]}:${account.password}`);
  const a2 = hash(`${method}:${fields["uri"]}`);
  if (fields["qop"] === undefined) return hash(`${a1}:${fields["nonce"]}:${a2}`);
  return hash([a1, fields["nonce"], fields["nc"], fields["cnonce"], fields["qop"], a2].join(":"));
}

function readCredentials(header: string): Record<string, string> {
  const fields: Record<string, string> = {};
  if (!/^digest\s/i.test(header)) return fields;
  for (const match of header
    .slice(7)
    .matchAll(/([\w-]+)\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^\s,]+))/g)) {
    const [, key = "", quoted, plain] = match;
    fields[key.toLowerCase()] = quoted?.replace(/\\(.)/g, "$1") ?? plain ?? "";
  }
  return fields;
}

function equal(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
