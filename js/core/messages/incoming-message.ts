import { engine } from "../../engine/engine.js";
import type { MessageIndex } from "../../engine/message-index.js";
import { Grammar } from "../../grammar/grammar.js";
import { canonicalName } from "../../grammar/header-name.js";
import type { NameAddrHeader } from "../../grammar/name-addr-header.js";
import { readList } from "../../grammar/values.js";

/** Of these each value counts as a header field of its own, wherever the commas are. */
const lists = new Set(["Contact", "Record-Route"]);

interface HeaderField {
  // What it parses to depends on the name.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  parsed?: any;
  raw: string;
}

/**
 * A message that came in. What is read from it is cut out of its text when it is first asked for.
 */
export class IncomingMessage {
  /** The branch of the topmost Via. */
  declare viaBranch: string;
  /** The method; of a response, the one in its CSeq. */
  declare method: string;
  /** The body, "" if there is none. */
  declare body: string;
  /** The tag of To, undefined if it has none. */
  declare toTag: string;
  declare to: NameAddrHeader;
  /** The tag of From. */
  declare fromTag: string;
  declare from: NameAddrHeader;
  declare callId: string;
  /** The sequence number of CSeq. */
  declare cseq: number;
  /** The topmost Via. */
  declare via: { host: string; port: number };
  /** The header fields in the order of their first appearance, under the usual spelling. */
  declare headers: { [name: string]: Array<HeaderField> };
  /** The value of Refer-To, undefined if there is none. */
  declare referTo: string | undefined;
  /** The whole text. */
  declare data: string;

  /**
   * @param index - What the parser found. Without it the message is empty.
   * @internal
   */
  constructor(protected readonly index?: MessageIndex) {}

  /**
   * Adds a header field after those of the same name.
   * @param name - Its name, in any spelling.
   * @param value - Its value.
   */
  addHeader(name: string, value: string): void {
    (this.headers[canonicalName(name)] ??= []).push({ raw: value });
  }

  /**
   * The value of the first header field of a name, undefined if there is none.
   * @param name - The name, in any spelling.
   */
  getHeader(name: string): string | undefined {
    return this.headers[canonicalName(name)]?.[0]?.raw;
  }

  /**
   * The values of all header fields of a name.
   * @param name - The name, in any spelling.
   */
  getHeaders(name: string): Array<string> {
    return (this.headers[canonicalName(name)] ?? []).map(({ raw }) => raw);
  }

  /**
   * True if there is a header field of a name.
   * @param name - The name, in any spelling.
   */
  hasHeader(name: string): boolean {
    return this.headers[canonicalName(name)] !== undefined;
  }

  /**
   * What the value of a header field says, undefined if there is no such header field, no grammar for
   * it, or it is malformed.
   * @param name - The name, in any spelling.
   * @param idx - Which of the header fields of that name, from 0 on. Default 0.
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  parseHeader(name: string, idx = 0): any | undefined {
    const canonical = canonicalName(name);
    const field = this.headers[canonical]?.[idx];
    if (field && field.parsed === undefined) {
      const rule = lists.has(canonical) ? "From" : canonical.replace(/-/g, "_");
      const parsed = Grammar.parse(field.raw, rule);
      if (parsed !== -1) {
        field.parsed = parsed;
      }
    }
    return field?.parsed;
  }

  /**
   * Short for `parseHeader`.
   * @param name - The name, in any spelling.
   * @param idx - Which of the header fields of that name, from 0 on. Default 0.
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  s(name: string, idx = 0): any | undefined {
    return this.parseHeader(name, idx);
  }

  /**
   * Puts one header field in the place of those of the same name.
   * @param name - Its name, in any spelling.
   * @param value - Its value.
   */
  setHeader(name: string, value: string): void {
    this.headers[canonicalName(name)] = [{ raw: value }];
  }

  /** The text as it came in. */
  toString(): string {
    return this.data;
  }
}

/**
 * Properties that are found on the first access and are plain ones from then on.
 * @param prototype - The prototype of a class with an `index`.
 * @param properties - How to find each.
 */
export function defineLazily<T extends object>(
  prototype: T,
  properties: { [name: string]: (index: MessageIndex, message: T) => unknown }
): void {
  for (const [name, find] of Object.entries(properties)) {
    const define = (target: T, value: unknown): void => {
      const plain = { value, writable: true, enumerable: true, configurable: true };
      Object.defineProperty(target, name, plain);
    };
    Object.defineProperty(prototype, name, {
      configurable: true,
      get(this: T & { index?: MessageIndex }) {
        if (!this.index && name !== "headers") {
          return undefined;
        }
        const value = find(this.index!, this);
        define(this, value);
        return value;
      },
      set(this: T, value: unknown) {
        define(this, value);
      }
    });
  }
}

defineLazily(IncomingMessage.prototype, {
  viaBranch: (index) => index.branch,
  method: (index, message) => index.method || message.parseHeader("CSeq")?.method,
  body: (index) => index.body,
  toTag: (index) => index.toTag || undefined,
  fromTag: (index) => index.fromTag || undefined,
  callId: (index) => index.callId,
  cseq: (index) => index.cseq,
  data: (index) => index.text,
  to: (_, message) => message.parseHeader("To"),
  from: (_, message) => message.parseHeader("From"),
  via: (_, message) => message.parseHeader("Via"),
  referTo: (_, message) => message.parseHeader("Refer-To"),
  headers: (index) => (index ? readHeaders(index) : {})
});

function readHeaders(index: MessageIndex): { [name: string]: Array<HeaderField> } {
  const headers: { [name: string]: Array<HeaderField> } = {};
  for (let i = 0; i < index.fieldCount; i++) {
    const written = index.name(i);
    // RFC 3261 section 7.3.3: "SIP provides a mechanism to represent common header field names in an
    // abbreviated form."
    const name = canonicalName(written.length > 1 ? written : engine().nameOf(written));
    const value = unfold(index.value(i));
    const fields = (headers[name] ??= []);
    for (const raw of lists.has(name) ? split(value) : [value]) {
      fields.push({ raw });
    }
  }
  return headers;
}

function unfold(value: string): string {
  // RFC 3261 section 7.3.1: "The line break and the whitespace at the beginning of the next line are
  // treated as a single SP character."
  return value.includes("\n") ? value.replace(/[ \t]*\r?\n[ \t]+/g, " ") : value;
}

function split(value: string): string[] {
  const values = value.includes(",") ? readList(value) : [];
  return values.length > 0 ? values : [value];
}
