import type { HeaderValue } from "./values.js";
import { readHeader, readURI, toNameAddr, unquote } from "./values.js";

type Fields = Record<string, unknown>;

/**
 * What SIP.js calls the first part of a value, and which parameters stand beside it; all others are
 * in `params`. "value" and no parameters for header fields that it does not know.
 */
const shapes: { [name: string]: string } = {
  Content_Disposition: "type",
  Event: "event",
  Replaces: "call_id replaces_to_tag replaces_from_tag early_only",
  Session_Expires: "deltaSeconds refresher",
  Subscription_State: "state reason expires",
  Via: "protocol branch received rport maddr ttl"
};

function shape(rule: string, { first, parameters }: HeaderValue): Fields {
  const [name, ...beside] = (shapes[rule] ?? "value").split(" ");
  const text = /^(Event|Con)/.test(rule) ? first.toLowerCase() : first;
  const fields: Fields = { [name]: name === "deltaSeconds" ? Number(text) : text };
  const params: Fields = {};
  for (const [key, value] of Object.entries(parameters)) {
    const own = beside.find((each) => each.replace(/^replaces_/, "").replace("_", "-") === key);
    const isNumber = /^(expires|ttl)$/.test(key);
    if (!own || (isNumber && !/^\d+$/.test(value!))) {
      params[key] = value ?? undefined;
    } else {
      fields[own] = isNumber ? Number(value) : (value ?? (own === "early_only" || undefined));
    }
  }
  return Object.keys(params).length > 0 ? { ...fields, params } : fields;
}

function dialog(rule: string, value: HeaderValue): unknown {
  const fields = shape(rule, value);
  const { replaces_to_tag: to, replaces_from_tag: from } = fields;
  return rule !== "Replaces" || (to && from) ? fields : undefined;
}

function number(rule: string, value: HeaderValue): unknown {
  return shapes[rule] ? shape(rule, value) : Number(value.first);
}

function via(rule: string, value: HeaderValue): unknown {
  const [protocol, , transport] = value.first.split("/").map((part) => part.trim());
  const [, host, port] = /^(\[.*]|[^:\s]*)\s*:?\s*(\d*)/.exec(value.second)!;
  return {
    ...shape(rule, value),
    protocol,
    transport,
    ...hostOf(host),
    ...(port && { port: Number(port) })
  };
}

function hostOf(host: string): { host_type: string; host: string } {
  const plain = /^\d+(\.\d+){3}$/.test(host) ? "IPv4" : "domain";
  return { host_type: host.startsWith("[") ? "IPv6" : plain, host };
}

function address(rule: string, value: HeaderValue): unknown {
  const { offset, text } = value;
  const parsed = toNameAddr(value);
  const isEntry = /^(Contact|Record_Route)$/.test(rule);
  return parsed && isEntry ? { position: offset + text.length, offset, parsed } : parsed;
}

function challenge(_: string, { parameters }: HeaderValue): unknown {
  const fields: Fields = {};
  for (const [name, value] of Object.entries(parameters)) {
    const plain = unquote(value ?? "");
    fields[name] =
      name === "qop"
        ? plain.split(/[\s,]+/)
        : name === "stale"
          ? plain.toLowerCase() === "true"
          : plain;
  }
  return fields;
}

const text = (_: string, value: HeaderValue): unknown => value.text;

/** By kind of header field: what one of its values says. Those from 13 on are lists. */
const readers: ((rule: string, value: HeaderValue) => unknown)[] = [
  text,
  text,
  text,
  number,
  shape,
  text, // media type
  dialog,
  address,
  (_, { first, second }) => ({ value: Number(first), method: second }),
  text, // RAck
  challenge,
  challenge,
  challenge,
  text, // one of several tokens
  shape,
  address,
  address,
  via,
  text // Warning
];

/**
 * What a header field says. Undefined if it is malformed or its name unknown.
 * @param rule - Its name in the usual spelling, with "_" for "-".
 * @param input - Its value.
 */
export function headerField(rule: string, input: string): unknown {
  const [kind, values] = readHeader(rule.replace(/_/g, "-"), input) ?? [0, []];
  const parsed = values.map((value) => readers[kind](rule, value));
  // Only lists of tokens may be empty.
  if (parsed.includes(undefined) || (!parsed.length && kind !== 13)) {
    return undefined;
  }
  // The first Via is the one that counts.
  return kind < 13 || kind === 17 ? parsed[0] : parsed;
}

function startLine(input: string): unknown {
  const [line] = input.split(/\r?\n/);
  const [, first, second, rest] = /^([^ ]+) ([^ ]+) (.*)$/.exec(line) ?? [];
  const version = /^SIP\/2\.0$/i;
  if (version.test(first)) {
    return /^\d{3}$/.test(second)
      ? { sip_version: first, status_code: Number(second), reason_phrase: rest }
      : undefined;
  }
  const uri = version.test(rest) && readURI(second);
  return uri ? { method: first, uri, sip_version: rest } : undefined;
}

/** What the rules that are not names of header fields make of a text. Undefined if it is malformed. */
export const rules: { [name: string]: (input: string) => unknown } = {
  // So that it has no others.
  __proto__: null as never,
  absoluteURI: (input) => {
    const uri = readURI(input);
    return uri && { scheme: uri.scheme };
  },
  challenge: (input) => headerField("WWW_Authenticate", input),
  host: (input) => {
    const uri = readURI("sip:" + input);
    return uri && !uri.user ? hostOf(uri.host) : undefined;
  },
  Name_Addr_Header: (input) => (input.includes("<") ? headerField("From", input) : undefined),
  Request_Response: startLine,
  sipfrag: startLine,
  SIP_URI: (input) => {
    const uri = readURI(input);
    return uri && /^sips?$/.test(uri.scheme) ? uri : undefined;
  }
};
