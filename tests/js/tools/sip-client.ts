/** A bare SIP endpoint over a real WebSocket: it writes messages by hand and awaits what comes. */
import { createHash, randomBytes } from "node:crypto";
import { WebSocket } from "ws";

const patience = 5_000;

export interface Digest {
  password: string;
  /** Which of the challenges to answer. Default: the first. */
  algorithm?: "MD5" | "SHA-256";
}

export class SipClient {
  readonly contact: string;
  private readonly inbox: string[] = [];
  private readonly waiting: Array<() => void> = [];
  private cseq = 1;

  private constructor(
    readonly user: string,
    readonly realm: string,
    private readonly socket: WebSocket
  ) {
    this.contact = `sip:${user}-${randomBytes(4).toString("hex")}@client.invalid;transport=ws`;
    socket.on("message", (data) => {
      this.inbox.push(String(data));
      this.waiting.splice(0).forEach((wake) => wake());
    });
  }

  static async connect(port: number, user: string, realm = "phone.test"): Promise<SipClient> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/sip`, "sip");
    await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
    return new SipClient(user, realm, socket);
  }

  get aor(): string {
    return `sip:${this.user}@${this.realm}`;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.socket.once("close", resolve));
    this.socket.terminate();
    await closed;
  }

  send(text: string): void {
    this.socket.send(text);
  }

  /** The text of a request of this user's; `fields` replace or add header lines. */
  request(method: string, uri: string, fields: Record<string, string> = {}, body = ""): string {
    const lines: Record<string, string> = {
      Via: `SIP/2.0/WS client.invalid;branch=z9hG4bK${randomBytes(6).toString("hex")}`,
      "Max-Forwards": "70",
      From: `<${this.aor}>;tag=${this.user}`,
      To: `<${method === "REGISTER" ? this.aor : uri}>`,
      "Call-ID": randomBytes(6).toString("hex"),
      CSeq: `${this.cseq++} ${method}`,
      Contact: `<${this.contact}>`,
      ...fields,
      "Content-Length": String(Buffer.byteLength(body))
    };
    const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}`);
    return [`${method} ${uri} SIP/2.0`, ...head, "", body].join("\r\n");
  }

  /** The text of a response to a request that came in. */
  response(request: string, status: number, fields: Record<string, string> = {}): string {
    const echo = request
      .split("\r\n\r\n")[0]!
      .split("\r\n")
      .filter((line) => /^(via|from|call-id|cseq|record-route):/i.test(line));
    const to = header(request, "To");
    const tagged = to.includes(";tag=") ? to : `${to};tag=${this.user}`;
    const lines: Record<string, string> = { To: tagged, Contact: `<${this.contact}>`, ...fields };
    const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}`);
    return [`SIP/2.0 ${status} Reason`, ...echo, ...head, "Content-Length: 0", "", ""].join("\r\n");
  }

  /** The first message not yet taken whose start line contains this text. */
  async next(part: string): Promise<string> {
    const deadline = Date.now() + patience;
    for (;;) {
      const at = this.inbox.findIndex((text) => startLine(text).includes(part));
      if (at >= 0) return this.inbox.splice(at, 1)[0]!;
      const left = deadline - Date.now();
      if (left <= 0)
        throw new Error(`no "${part}" for ${this.user}; got ${this.inbox.map(startLine)}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.waiting.push(() => (clearTimeout(timer), resolve()));
      });
    }
  }

  /** Whether such a message has come and not been taken. */
  has(part: string): boolean {
    return this.inbox.some((text) => startLine(text).includes(part));
  }

  /** Sends a request and answers the challenge that comes back. Returns the second request. */
  async authenticated(
    method: string,
    uri: string,
    digest: Digest,
    fields: Record<string, string> = {},
    body = ""
  ): Promise<string> {
    const first = this.request(method, uri, fields, body);
    this.send(first);
    const challenge = await this.next(method === "REGISTER" ? "SIP/2.0 401" : "SIP/2.0 407");
    const name = method === "REGISTER" ? "Authorization" : "Proxy-Authorization";
    const credentials = answer(challenge, this.user, method, uri, digest);
    const again = this.request(method, uri, { ...fields, [name]: credentials }, body);
    this.send(again);
    return again;
  }

  async register(password: string, fields: Record<string, string> = {}): Promise<string> {
    await this.authenticated("REGISTER", `sip:${this.realm}`, { password }, fields);
    return this.next("SIP/2.0");
  }
}

export function startLine(text: string): string {
  return text.split("\r\n", 1)[0] ?? "";
}

/** The first value of a header line, or "". */
export function header(text: string, name: string): string {
  return headers(text, name)[0] ?? "";
}

export function headers(text: string, name: string): string[] {
  const wanted = `${name.toLowerCase()}:`;
  return text
    .split("\r\n")
    .filter((line) => line.toLowerCase().startsWith(wanted))
    .map((line) => line.slice(wanted.length).trim());
}

function answer(challenge: string, user: string, method: string, uri: string, digest: Digest) {
  const offers = [
    ...headers(challenge, "WWW-Authenticate"),
    ...headers(challenge, "Proxy-Authenticate")
  ];
  const wanted = digest.algorithm;
  const offer = offers.find((value) => !wanted || value.includes(`algorithm=${wanted},`)) ?? "";
  const field = (name: string) => new RegExp(`${name}="?([^",]+)`).exec(offer)?.[1] ?? "";
  const [realm, nonce, algorithm] = [field("realm"), field("nonce"), field("algorithm")];
  const hash = (text: string) =>
    createHash(algorithm === "MD5" ? "md5" : "sha256")
      .update(text)
      .digest("hex");
  const a1 = hash(`${user}:${realm}:${digest.password}`);
  const response = hash(`${a1}:${nonce}:00000001:abc:auth:${hash(`${method}:${uri}`)}`);
  return (
    `Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", ` +
    `response="${response}", algorithm=${algorithm}, qop=auth, nc=00000001, cnonce="abc"`
  );
}
