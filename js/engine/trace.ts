import type { Reply } from "./codec.js";
import type { MessageIndex } from "./message-index.js";
import type { Command, Event } from "./wire.js";

/** A line of a trace, see tests/support/trace.h. */
export interface TraceLine {
  readonly at?: number;
  readonly perform?: Command;
  readonly reply?: Reply;
  readonly error?: number;
  readonly receive?: string;
  readonly core?: number;
  readonly advance?: true;
  readonly event?: Event;
}

/** How many lines are kept unless a user agent wants more. */
export const defaultTraceSize = 300;

/** What goes before a secret, and the secret. What may be tried in vain is bounded. */
const secrets = [
  /((?:response|rspauth|nonce|signal)\s*=\s*)("(?:\\.|[^"])+|[^",;\s]+)/gi,
  /(authorization\s*:\s*)(?!digest)(\S.*)/gi,
  /((?:ice-pwd|inline):)(\S+)/g,
  /(sips?:[^\s:@<>"]{0,99}:)([^\s@<>"]{1,99})(?=@)/gi
];

/**
 * The last commands and events of all user agents. The objects that there are anyway are kept; JSON
 * is made when somebody asks.
 * @internal
 */
export class Trace {
  /** How many lines are kept. */
  size = 0;
  private used = 0;
  /** Of each line three: whose it is, the line or the event that is one, its weight. */
  private lines: unknown[] = [];
  /** Where the first that is kept begins. */
  private first = 0;

  /**
   * Records a line.
   * @param of - Whose it is. Undefined: everybody's.
   * @param line - The line.
   * @param text - What may be long in it: 4096 characters count as another line.
   */
  add(of: number | undefined, line: TraceLine | Event, text = ""): void {
    const weight = 1 + (text.length >> 12);
    const { lines, size } = this;
    lines.push(of, line, weight);
    for (this.used += weight; this.used > size; this.first += 3) {
      this.used -= lines[this.first + 2] as number;
      lines[this.first] = lines[this.first + 1] = undefined;
    }
    if (this.first > 3 * size) {
      this.lines = lines.slice(this.first);
      this.first = 0;
    }
  }

  /**
   * The lines as JSON, each with a line end.
   * @param of - Whose.
   * @param first - What goes before them.
   */
  text(of: number, first: TraceLine): string {
    const lines = this.lines.filter((line, at) => {
      const whose = this.lines[at - 1];
      return at % 3 === 1 && line && (!whose || whose === of);
    });
    return [first, ...(lines as object[])]
      .map((line) => JSON.stringify("type" in line ? { event: line } : line, shown) + "\n")
      .join("");
  }
}

/**
 * A value as traces have it. Secrets are masked by as many asterisks, as Content-Length is to hold;
 * of passwords not even the length is told.
 */
function shown(name: string, value: unknown): unknown {
  if (name === "message" && value) {
    const { status, method } = value as MessageIndex;
    return { status, method };
  }
  if (name === "reply") {
    const { handle, text } = value as Reply;
    return { handle, text };
  }
  if (typeof value !== "string") return value;
  if (name === "password" || name === "ha1") return value && "***";
  return secrets.reduce((text, secret) => text.replace(secret, masked), value);
}

function masked(_match: string, name: string, secret: string): string {
  return name + secret.replace(/[!#-[\]-~]/g, "*");
}
