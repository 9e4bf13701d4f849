import { engine } from "../../engine/engine.js";
import type { MessageIndex } from "../../engine/message-index.js";
import { Grammar } from "../../grammar/grammar.js";
import { canonicalName } from "../../grammar/header-name.js";
import type { NameAddrHeader } from "../../grammar/name-addr-header.js";
import { readList, readNameAddr, WordReader } from "../../grammar/values.js";

/** Of these each value counts as a header field of its own, wherever the commas are. */
const lists = new Set(["Contact", "Record-Route"]);

interface HeaderField {
  // What it parses to depends on the name.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  parsed?: any;
  raw: string;
}

type Headers = { [name: string]: Array<HeaderField> };

/**
 * A message that came in. What takes more than a slice of its text is read when it is first asked for.
 */
export class IncomingMessage {
  /** The branch of the topmost Via. */
  viaBranch!: string;
  /** The method; of a response, the one in its CSeq. */
  method!: string;
  /** The body, "" if there is none. */
  body!: string;
  /** The tag of To, undefined if it has none. */
  toTag!: string;
  /** The tag of From. */
  fromTag!: string;
  /** The Call-ID. */
  callId!: string;
  /** The sequence number of CSeq. */
  cseq!: number;
  /** The whole text. */
  data!: string;

  /** What the parser found, of a message that was parsed. False: it was forgotten. */
  private found?: MessageIndex | false;
  /** Of each name that was asked for, its header fields; of all names once all were. */
  private _fields: Headers = {};
  private _all = true;
  private _from?: NameAddrHeader;
  private _to?: NameAddrHeader;
  private _via?: { host: string; port: number };
  private _referTo?: string;

  /**
   * Becomes a message that was parsed.
   * @param index - What the parser found.
   * @internal
   */
  _of(index: MessageIndex): this {
    this.found = index;
    this._all = false;
    this.viaBranch = index.branch;
    this.method = index.method;
    this.body = index.body;
    // SIP.js, too, has undefined here where there is none.
    this.toTag = (index.toTag || undefined) as string;
    this.fromTag = (index.fromTag || undefined) as string;
    this.callId = index.callId;
    this.cseq = index.cseq;
    this.data = index.text;
    return this;
  }

  /**
   * What the parser found, of a message that was parsed.
   * @internal
   */
  protected get index(): MessageIndex | undefined {
    if (this.found === false) {
      const index = engine().parseMessage(this.data);
      this.found = typeof index === "object" ? index : undefined;
    }
    return this.found;
  }

  /**
   * Forgets what the parser found: few ask once the message is old, and it can be found again.
   * @internal
   */
  _forget(): void {
    this.found &&= false;
  }

  /** The value of From. */
  get from(): NameAddrHeader {
    return (this._from ??= this._address(1, "From"));
  }

  set from(value: NameAddrHeader) {
    this._from = value;
  }

  /** The value of To. */
  get to(): NameAddrHeader {
    return (this._to ??= this._address(2, "To"));
  }

  set to(value: NameAddrHeader) {
    this._to = value;
  }

  /** The topmost Via. */
  get via(): { host: string; port: number } {
    return (this._via ??= this.parseHeader("Via"));
  }

  set via(value: { host: string; port: number }) {
    this._via = value;
  }

  /** The value of Refer-To, undefined if there is none. */
  get referTo(): string | undefined {
    return (this._referTo ??= this.parseHeader("Refer-To"));
  }

  set referTo(value: string | undefined) {
    this._referTo = value;
  }

  /** The header fields in the order of their first appearance, under the usual spelling. */
  get headers(): Headers {
    if (!this._all) {
      this._all = true;
      this._fields = Object.assign(readHeaders(this.index!), this._fields);
    }
    return this._fields;
  }

  set headers(value: Headers) {
    this._all = true;
    this._fields = value;
  }

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
    const canonical = canonicalName(name);
    if (this._all || this._fields[canonical] || lists.has(canonical)) {
      return this._find(canonical)?.[0]?.raw;
    }
    const i = next(this.index!, canonical, 0);
    return i < 0 ? undefined : unfold(this.index!.value(i));
  }

  /**
   * The values of all header fields of a name.
   * @param name - The name, in any spelling.
   */
  getHeaders(name: string): Array<string> {
    return (this._find(canonicalName(name)) ?? []).map(({ raw }) => raw);
  }

  /**
   * True if there is a header field of a name.
   * @param name - The name, in any spelling.
   */
  hasHeader(name: string): boolean {
    return this._find(canonicalName(name)) !== undefined;
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
    const field = this._find(canonical)?.[idx];
    if (field && field.parsed === undefined) {
      const parsed = lists.has(canonical)
        ? this._readListed(canonical, field.raw)
        : Grammar.parse(field.raw, canonical.replace(/-/g, "_"));
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

  /**
   * The text, put together for a message that was not parsed.
   * @internal
   */
  _text(): string {
    if (this.data) {
      return this.data;
    }
    const lines = [this._startLine()];
    for (const name of Object.keys(this.headers)) {
      lines.push(...this.headers[name].map(({ raw }) => `${name}: ${raw}`));
    }
    return [...lines, "", this.body ?? ""].join("\r\n");
  }

  /**
   * The first line, for `_text`.
   * @internal
   */
  protected _startLine(): string {
    return "";
  }

  /** From or To. */
  private _address(place: number, name: string): NameAddrHeader {
    const { index } = this;
    return this._all || this._fields[name]
      ? this.parseHeader(name)
      : new WordReader(index!.text, index!.words, index!.place(place)).nameAddr();
  }

  /** An address of a list. */
  private _readListed(name: string, raw: string): NameAddrHeader | undefined {
    const { index } = this;
    const i = index ? next(index, name, 0) : -1;
    // Most often it is the first value, and the core still has the text.
    const at = i < 0 ? 0 : index!.valueAt(i);
    return i >= 0 && index!.text.startsWith(raw, at)
      ? readNameAddr(raw, index!.text, at)
      : readNameAddr(raw);
  }

  /** The header fields of a name in its usual spelling, undefined if there are none. */
  private _find(name: string): Array<HeaderField> | undefined {
    const fields = this._fields[name] ?? (this._all ? undefined : readFields(this.index!, name));
    return fields && (this._fields[name] = fields);
  }
}

function readHeaders(index: MessageIndex): Headers {
  const headers: Headers = {};
  for (let i = 0; i < index.fieldCount; i++) {
    const name = fieldName(index, i);
    addField((headers[name] ??= []), name, index.value(i));
  }
  return headers;
}

/** The header fields of one name, undefined if there are none. */
function readFields(index: MessageIndex, name: string): Array<HeaderField> | undefined {
  let fields: Array<HeaderField> | undefined;
  for (let i = -1; (i = next(index, name, i + 1)) >= 0;) {
    addField((fields ??= []), name, index.value(i));
  }
  return fields;
}

/** By which numbers the core knows header fields. */
const ids = new Map<string, number>();

/** The next header field of a name, from `i` on; -1 if there is none. */
function next(index: MessageIndex, name: string, i: number): number {
  let id = ids.get(name);
  if (id === undefined) {
    // A compact form is not the name of a header field here, as in SIP.js.
    id = name.length > 1 ? engine().headerId(name) : 0;
    if (ids.size < 1000) ids.set(name, id);
  }
  i = index.find(id, i);
  while (!id && i >= 0 && fieldName(index, i) !== name) i = index.find(id, i + 1);
  return i;
}

/** The name of a header field in its usual spelling. */
function fieldName(index: MessageIndex, i: number): string {
  return fullName(index.name(i));
}

/**
 * The usual spelling of a name, which may be a compact form.
 * @internal
 */
export function fullName(name: string): string {
  // RFC 3261 section 7.3.3: "SIP provides a mechanism to represent common header field names in an
  // abbreviated form."
  return canonicalName(name.length > 1 ? name : engine().nameOf(name));
}

/**
 * Adds the header fields of a line.
 * @internal
 */
export function addField(fields: Array<HeaderField>, name: string, folded: string): void {
  const value = unfold(folded);
  for (const raw of lists.has(name) ? split(value) : [value]) fields.push({ raw });
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
