import { engine, ParseKind } from "../engine/engine.js";
import type { NameAddrHeader } from "./name-addr-header.js";
import { rules } from "./rules.js";
import type { URI } from "./uri.js";
import { readNameAddr, readURI } from "./values.js";

/** Reads the texts of RFC 3261 section 25. */
export namespace Grammar {
  /**
   * Reads a text by a rule of the grammar: the name of a header field with "_" for "-", or one of
   * SIP_URI, Request_Response, host.
   * @param input - The text.
   * @param startRule - The name of the rule.
   * @returns What the text says, in the shape that SIP.js gives it, or -1 if it is malformed or
   * there is no such rule.
   */
  // The result depends on the rule.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  export function parse(input: string, startRule: string): any {
    const rule = Object.hasOwn(rules, startRule) ? rules[startRule] : undefined;
    return rule?.(input) ?? -1;
  }

  /**
   * Reads the value of a header field that names somebody.
   * @param nameAddrHeader - `"Alice" <sip:alice@example.com>;tag=abc`
   * @returns Undefined if it is malformed.
   */
  export function nameAddrHeaderParse(nameAddrHeader: string): NameAddrHeader | undefined {
    const text = String(nameAddrHeader).trim();
    const words = engine().parse(ParseKind.NameAddr, text);
    const value = words && text.includes("<") ? readNameAddr(text, words) : undefined;
    return value && /^sips?$/.test(value.uri.scheme) ? value : undefined;
  }

  /**
   * Reads a SIP or SIPS URI.
   * @param uri - `sip:alice@example.com`
   * @returns Undefined if it is malformed or of another scheme.
   */
  export function URIParse(uri: string): URI | undefined {
    // Untyped callers may well pass nothing.
    const words = engine().parse(ParseKind.Uri, String(uri));
    const value = words && readURI(uri, words);
    return value && /^sips?$/.test(value.scheme) ? value : undefined;
  }
}
