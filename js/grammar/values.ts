import { engine, ParseKind } from "../engine/engine.js";
import { NameAddrHeader } from "./name-addr-header.js";
import { URI } from "./uri.js";

/** One value of a header field, as the core takes it apart. */
export interface HeaderValue {
  /** Where it stands. */
  offset: number;
  /** All of it. */
  text: string;
  /** What stands before the parameters, in two parts; which they are depends on the kind. */
  first: string;
  second: string;
  parameters: { [name: string]: string | null };
  /** The URI of an address. */
  uri: URI | undefined;
}

/** Goes through the words that the core's grammar gave for a text. */
export class WordReader {
  constructor(
    private readonly input: string,
    private readonly words: readonly number[],
    private at = 0
  ) {}

  get more(): boolean {
    return this.at < this.words.length;
  }

  number(): number {
    return this.words[this.at++];
  }

  /**
   * The next text.
   * @param wanted - False to pass over it.
   */
  text(wanted = true): string {
    const offset = this.words[this.at++];
    const length = this.words[this.at++];
    return wanted && length ? this.input.slice(offset, offset + length) : "";
  }

  /** The parameters that end many values. A name that is repeated has its last value. */
  parameters(): { [name: string]: string | null } {
    const parameters: { [name: string]: string | null } = {};
    for (let left = this.number(); left > 0; left--) {
      const name = this.text().toLowerCase();
      const hasValue = this.number() !== 0;
      const value = this.text();
      parameters[name] = hasValue ? value : null;
    }
    return parameters;
  }

  uri(): URI {
    const scheme = this.text();
    let user = unescape(this.text());
    const hasPassword = this.number() !== 0;
    const password = this.text();
    if (hasPassword) {
      user += ":" + unescape(password);
    }
    const host = this.text();
    const port = this.number();
    const headers = this.text();
    // What follows the scheme of a URI that is none of SIP's is kept as it is.
    const opaque = this.text(!host);
    const uri = new URI(
      scheme,
      // SIP.js, too, has undefined here where there is no user.
      (user || undefined) as string,
      host || opaque,
      port < 0 ? undefined : port,
      undefined,
      headers ? readHeaders(headers) : undefined
    );
    uri.parameters = this.parameters();
    return uri;
  }

  /** A name and an address, as a message has them. */
  nameAddr(): NameAddrHeader {
    const name = this.text();
    const parameters = this.parameters();
    return nameAddr(name, this.uri(), parameters);
  }

  /** One value of a header field. Before it, in the text, stands the name with its colon. */
  value(prefix: number): HeaderValue {
    const offset = this.words[this.at] - prefix;
    const [text, first, second] = [this.text(), this.text(), this.text()];
    const parameters = this.parameters();
    const uri = this.number() ? this.uri() : undefined;
    return { offset, text, first, second, parameters, uri };
  }
}

/**
 * Takes a header field apart: its kind, as the core's header_fields.h counts them, and its values.
 * Undefined if it is malformed or the core does not know its name.
 */
export function readHeader(name: string, value: string): [number, HeaderValue[]] | undefined {
  const input = name + ":" + value;
  const words = engine().parse(ParseKind.Header, input);
  if (words) {
    const reader = new WordReader(input, words);
    const kind = reader.number();
    const values: HeaderValue[] = [];
    while (reader.more) {
      values.push(reader.value(name.length + 1));
    }
    return [kind, values];
  }
}

/** Reads a URI of any scheme. Undefined if it is none. */
export function readURI(input: string): URI | undefined {
  const words = engine().parse(ParseKind.Uri, input);
  return words && new WordReader(input, words).uri();
}

/** A name and an address. Undefined without a URI. */
export function toNameAddr({ first, parameters, uri }: HeaderValue): NameAddrHeader | undefined {
  return uri && nameAddr(first, uri, parameters);
}

/**
 * Reads a name and an address. Undefined if it is none.
 * @param text - In which it stands.
 * @param at - Where.
 */
export function readNameAddr(part: string, text = part, at = 0): NameAddrHeader | undefined {
  const [input, words] = engine().parsePart(ParseKind.Address, text, at, part);
  return words && new WordReader(input, words).nameAddr();
}

function nameAddr(
  name: string,
  uri: URI,
  parameters: { [name: string]: string | null }
): NameAddrHeader {
  // As in SIP.js there is no display name at all if nothing was written.
  const displayName = name ? unquote(name) : (undefined as unknown as string);
  const header = new NameAddrHeader(uri, displayName, {});
  header.parameters = parameters;
  return header;
}

/** What stands between quotes, with the backslashes that quoting needs. */
export function unquote(text: string): string {
  return text.length > 1 && text.startsWith('"') ? text.slice(1, -1) : text;
}

/** `Subject=hi&Priority=urgent` */
function readHeaders(component: string): { [name: string]: Array<string> } {
  const headers: { [name: string]: Array<string> } = {};
  for (const header of component.split("&")) {
    const [name, ...value] = header.split("=");
    (headers[name] ??= []).push(value.join("="));
  }
  return headers;
}

function unescape(user: string): string {
  try {
    return user.includes("%") ? decodeURIComponent(user) : user;
  } catch {
    return user;
  }
}

/** The values of a list of addresses. */
export function readList(input: string): string[] {
  const words = engine().parse(ParseKind.List, input);
  const reader = words && new WordReader(input, words);
  const values: string[] = [];
  while (reader?.more) {
    values.push(reader.text());
  }
  return values;
}
