import { engine, ParseKind } from "../engine/engine.js";
import type { URI } from "./uri.js";
import { readList, readNameAddr, readURI, WordReader } from "./values.js";

type Rule = (input: string) => unknown;

/** What a header field with one or more addresses says of one of them. */
interface ListEntry {
  position: number;
  offset: number;
  parsed: unknown;
}

function read(kind: ParseKind, input: string): WordReader | undefined {
  const words = engine().parse(kind, input);
  return words && new WordReader(input, words);
}

const nameAddr: Rule = (input) => {
  const words = engine().parse(ParseKind.NameAddr, input);
  return words && readNameAddr(input, words);
};

const number: Rule = (input) => (/^\d+$/.test(input) ? Number(input) : undefined);

const text: Rule = (input) => input || undefined;

const tokens: Rule = (input) => (input ? input.split(",").map((token) => token.trim()) : undefined);

/** The values of a header field that may have several, each with where it stands. */
const nameAddrs: Rule = (input) => {
  const entries = readList(input).map(({ offset, value }): ListEntry => {
    return { position: offset + value.length, offset, parsed: nameAddr(value) };
  });
  return entries.length > 0 && entries.every(({ parsed }) => parsed) ? entries : undefined;
};

/** The first of the values. */
const via: Rule = (input) => {
  const reader = read(ParseKind.Via, readList(input)[0]?.value ?? input);
  if (!reader) {
    return undefined;
  }
  const [protocol] = [reader.text(), reader.text()];
  const transport = reader.text();
  const host = reader.text();
  const port = reader.number();
  const { ttl, ...parameters } = reader.parameters();
  return {
    protocol,
    transport,
    host_type: hostType(host),
    host,
    ...(port >= 0 && { port }),
    ...(ttl && { ttl: Number(ttl) }),
    ...parameters
  };
};

function hostType(host: string): string {
  return host.startsWith("[") ? "IPv6" : /^\d+(\.\d+){3}$/.test(host) ? "IPv4" : "domain";
}

/** A token and its parameters, the token under a name of its own. */
function token(name: string, shape: (parameters: Record<string, unknown>) => object): Rule {
  return (input) => {
    const reader = read(ParseKind.TokenWithParameters, input);
    return reader && { [name]: reader.text(), ...shape(reader.parameters()) };
  };
}

const subscriptionState = token("state", (parameters) => {
  const { expires, "retry-after": retryAfter, ...others } = parameters;
  return {
    ...others,
    ...(expires !== undefined && { expires: Number(expires) }),
    ...(retryAfter !== undefined && { retry_after: Number(retryAfter) })
  };
});

/** What stands before the first ";", and the names and values after it as they are written. */
function split(input: string): { first: string; parameters: string[][] } {
  const [first, ...rest] = input.split(";").map((part) => part.trim());
  return { first, parameters: rest.map((part) => part.split("=").map((side) => side.trim())) };
}

const replaces: Rule = (input) => {
  const { first, parameters } = split(input);
  const result: Record<string, unknown> = { call_id: first };
  for (const [name, value] of parameters) {
    if (name === "early-only") {
      result.early_only = true;
    } else {
      result["replaces_" + name.replace(/-/g, "_")] = value;
    }
  }
  return first && result.replaces_to_tag && result.replaces_from_tag ? result : undefined;
};

const challenge: Rule = (input) => {
  const reader = read(ParseKind.Challenge, input);
  if (!reader || reader.text().toLowerCase() !== "digest") {
    return undefined;
  }
  const parameters: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(reader.parameters())) {
    const plain = unquote(value ?? "");
    parameters[name] =
      name === "qop" ? tokens(plain) : name === "stale" ? plain.toLowerCase() === "true" : plain;
  }
  return parameters;
};

function unquote(value: string): string {
  return value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, "$1") : value;
}

const sessionExpires: Rule = (input) => {
  const { first, parameters } = split(input);
  const named = parameters.map(([name, value]) => [name.toLowerCase(), value]);
  const deltaSeconds = number(first);
  return deltaSeconds === undefined ? undefined : { ...Object.fromEntries(named), deltaSeconds };
};

const startLine: Rule = (input) => {
  const response = /^(SIP\/2\.0) (\d{3}) (.*)$/i.exec(input);
  if (response) {
    const [, sip_version, status_code, reason_phrase] = response;
    return { sip_version, status_code: Number(status_code), reason_phrase };
  }
  const request = /^([^ ]+) ([^ ]+) (SIP\/2\.0)$/i.exec(input);
  const uri = request && sipURI(request[2]);
  return uri ? { method: request[1], uri, sip_version: request[3] } : undefined;
};

function sipURI(input: string): URI | undefined {
  const words = engine().parse(ParseKind.Uri, input);
  return words && readURI(input, words);
}

/** What each rule of the grammar makes of a text. Undefined if it is malformed. */
export const rules: { [name: string]: Rule } = {
  Call_ID: text,
  Contact: nameAddrs,
  Content_Disposition: token("type", () => ({})),
  Content_Length: number,
  Content_Type: text,
  CSeq: (input) => {
    const reader = read(ParseKind.CSeq, input);
    return reader && { value: reader.number(), method: reader.text() };
  },
  Event: token("event", (params) => ({ params })),
  Expires: number,
  From: nameAddr,
  host: (input) => {
    const uri = sipURI("sip:" + input);
    return uri && !uri.user ? { host_type: hostType(uri.host), host: uri.host } : undefined;
  },
  Max_Forwards: number,
  Min_Expires: number,
  Min_SE: number,
  Proxy_Authenticate: challenge,
  Record_Route: nameAddrs,
  Refer_To: nameAddr,
  Referred_By: nameAddr,
  Replaces: replaces,
  Request_Response: startLine,
  Require: tokens,
  Route: nameAddrs,
  Session_Expires: sessionExpires,
  SIP_URI: sipURI,
  Subscription_State: subscriptionState,
  Supported: tokens,
  To: nameAddr,
  Via: via,
  WWW_Authenticate: challenge
};
