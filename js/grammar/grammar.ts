import type { NameAddrHeader } from "./name-addr-header.js";
import { headerField, rules } from "./rules.js";
import type { URI } from "./uri.js";

/** Reads the texts of RFC 3261 section 25. */
export namespace Grammar {
  /**
   * Reads a text by a rule of the grammar: the name of a header field with "_" for "-", or one of
   * absoluteURI, challenge, host, Name_Addr_Header, Request_Response, sipfrag, SIP_URI.
   * @param input - The text.
   * @param startRule - The name of the rule.
   * @returns What the text says, in the shape that SIP.js gives it, or -1 if it is malformed or
   * there is no such rule. Of header fields that SIP.js has no rule for: a number, a text, a list of
   * tokens, a NameAddrHeader or a list of them, the parameters of credentials, or else
   * `{ value, params }`, or a list of such.
   */
  // The result depends on the rule.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  export function parse(input: string, startRule: string): any {
    const rule = rules[startRule];
    return (rule ? rule(input) : headerField(startRule, input)) ?? -1;
  }

  /**
   * Reads the value of a header field that names somebody.
   * @param nameAddrHeader - `"Alice" <sip:alice@example.com>;tag=abc`
   * @returns Undefined if it is malformed.
   */
  export function nameAddrHeaderParse(nameAddrHeader: string): NameAddrHeader | undefined {
    const value = rules.Name_Addr_Header(String(nameAddrHeader)) as NameAddrHeader | undefined;
    return value && /^sips?$/.test(value.uri.scheme) ? value : undefined;
  }

  /**
   * Reads a SIP or SIPS URI.
   * @param uri - `sip:alice@example.com`
   * @returns Undefined if it is malformed or of another scheme.
   */
  export function URIParse(uri: string): URI | undefined {
    // Untyped callers may well pass nothing.
    return rules.SIP_URI(String(uri)) as URI | undefined;
  }
}
