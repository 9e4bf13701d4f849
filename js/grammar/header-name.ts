/** Names that are not written as capitalised words. */
const exceptions = ["Call-ID", "CSeq", "Min-SE", "RAck", "RSeq", "WWW-Authenticate"];

const known = new Map<string, string>();

/**
 * The usual spelling of a header field's name: `Call-ID` for `call-id`, `X-Foo` for `X-FOO`. Header
 * field names are case-insensitive (RFC 3261 section 7.3.1).
 * @param name - The name in any spelling.
 */
export function canonicalName(name: string): string {
  let canonical = known.get(name);
  if (canonical === undefined) {
    const lowerCase = name.toLowerCase().replace(/_/g, "-");
    canonical =
      exceptions.find((each) => each.toLowerCase() === lowerCase) ??
      lowerCase.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
    if (known.size < 1000) {
      known.set(name, canonical);
    }
  }
  return canonical;
}
