import { engine, ParseKind } from "../engine/engine.js";
import { NameAddrHeader } from "./name-addr-header.js";
import { URI } from "./uri.js";

/** Goes through the words that the core's grammar gave for a text. */
export class WordReader {
  private at = 0;

  constructor(
    private readonly input: string,
    private readonly words: Int32Array
  ) {}

  number(): number {
    return this.words[this.at++];
  }

  text(): string {
    const offset = this.words[this.at++];
    return this.input.slice(offset, offset + this.words[this.at++]);
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
}

/** A URI from the words of {@link ParseKind.Uri}. */
export function readURI(input: string, words: Int32Array): URI {
  const reader = new WordReader(input, words);
  const scheme = reader.text();
  let user = unescape(reader.text());
  const hasPassword = reader.number() !== 0;
  const password = reader.text();
  if (hasPassword) {
    user += ":" + unescape(password);
  }
  const host = reader.text();
  const port = reader.number();
  const headers = reader.text();
  const opaque = reader.text();
  const parameters = reader.parameters();
  return new URI(
    scheme,
    // SIP.js, too, has undefined here where there is no user.
    (user || undefined) as string,
    // What follows the scheme of a URI that is none of SIP's is kept as it is.
    host || opaque,
    port < 0 ? undefined : port,
    parameters,
    readHeaders(headers)
  );
}

/** A name and an address from the words of {@link ParseKind.NameAddr}. Undefined without a URI. */
export function readNameAddr(input: string, words: Int32Array): NameAddrHeader | undefined {
  const reader = new WordReader(input, words);
  const displayName = reader.text();
  const uri = reader.text();
  const parameters = reader.parameters();
  const parsed = engine().parse(ParseKind.Uri, uri);
  return (
    parsed &&
    new NameAddrHeader(
      readURI(uri, parsed),
      unquote(displayName),
      parameters as { [name: string]: string }
    )
  );
}

/** A display name without its quotes. As in SIP.js there is none at all if nothing was written. */
function unquote(displayName: string): string {
  const quoted = displayName.length > 1 && displayName.startsWith('"');
  return quoted ? displayName.slice(1, -1) : ((displayName || undefined) as string);
}

/** `Subject=hi&Priority=urgent` */
function readHeaders(component: string): { [name: string]: Array<string> } {
  const headers: { [name: string]: Array<string> } = {};
  for (const header of component ? component.split("&") : []) {
    const [name, ...value] = header.split("=");
    (headers[name] ??= []).push(value.join("="));
  }
  return headers;
}

function unescape(user: string): string {
  try {
    return decodeURIComponent(user);
  } catch {
    return user;
  }
}

/** The values of a list and where each stands; none if there is no list. */
export function readList(input: string): { offset: number; value: string }[] {
  const words = engine().parse(ParseKind.List, input);
  const reader = words && new WordReader(input, words);
  return Array.from({ length: reader?.number() ?? 0 }, (_, i) => {
    return { offset: words![1 + 2 * i], value: reader!.text() };
  });
}
