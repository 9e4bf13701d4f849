// Credentials by hand: the same values as SIP.js for the same challenge and client nonce.
import { createHash } from "node:crypto";
import * as theirs from "sip.js";
import { describe, expect, it } from "vitest";
import * as ours from "../../../../js/index.js";

type Any = any;

function make(library: Any, ha1?: string, password: string | undefined = "secret"): Any {
  const loggerFactory = new library.Core.LoggerFactory();
  loggerFactory.builtinEnabled = false;
  const uri = new library.URI("sip", "bob", "example.com");
  const request = new library.Core.OutgoingRequestMessage("INVITE", uri, uri, uri);
  const digest = new library.Core.DigestAuthentication(loggerFactory, ha1, "alice", password);
  return (challenge: string, body?: string) => {
    const parsed = library.Grammar.parse(challenge, "WWW_Authenticate");
    const made = digest.authenticate(request, parsed, body);
    return { digest, made, fields: made ? fieldsOf(String(digest)) : {} };
  };
}

/** The fields of a value of Authorization, without quotes. */
function fieldsOf(value: string): Record<string, string> {
  expect(value).toMatch(/^Digest /);
  const pairs = value.slice(7).matchAll(/(\w+)=("[^"]*"|[^,]*)/g);
  return Object.fromEntries([...pairs].map(([, name, text]) => [name, text.replaceAll('"', "")]));
}

const md5 = (text: string): string => createHash("md5").update(text).digest("hex");

const challenges = [
  'Digest realm="r", nonce="n"',
  'Digest realm="r", nonce="n", qop="auth"',
  'Digest realm="r", nonce="n", qop="auth", opaque="o", algorithm=MD5, stale=true',
  'Digest realm="r", nonce="n", qop="auth-int"',
  'Digest realm="r", nonce="n", qop="auth,auth-int"',
  'Digest realm="r"',
  'Digest nonce="n"',
  'Digest realm="r", nonce="n", qop="foo"'
];

describe("DigestAuthentication", () => {
  it.each(challenges)("answers as SIP.js's: %s", (challenge) => {
    const [a, b] = [make(theirs)(challenge, "body"), make(ours)(challenge, "body")];
    expect([b.made, b.digest.stale]).toEqual([a.made, a.digest.stale]);
    const shown = ({ response: _, cnonce: __, algorithm: ___, ...rest }: Any): unknown => rest;
    expect(shown(b.fields)).toEqual(shown(a.fields));
  });

  it.each(challenges.slice(0, 5))("computes the response of RFC 7616 section 3.4: %s", (text) => {
    const { fields } = make(ours)(text, "body");
    const { nonce, nc, cnonce, qop, response } = fields;
    const ha2 = md5(`INVITE:sip:bob@example.com${qop === "auth-int" ? ":" + md5("body") : ""}`);
    const middle = qop ? `${nonce}:${nc}:${cnonce}:${qop}` : nonce;
    expect(response).toBe(md5(`${md5("alice:r:secret")}:${middle}:${ha2}`));
  });

  it("takes the digest of the password in its place", () => {
    const challenge = 'Digest realm="r", nonce="n"';
    const ha1 = md5("alice:r:secret");
    expect(make(ours, ha1, "")(challenge).fields).toEqual(make(ours)(challenge).fields);
  });

  it("counts how often it used a nonce, and begins again with another one", () => {
    const answer = make(ours);
    const count = (nonce: string): string =>
      answer(`Digest realm="r", nonce="${nonce}", qop="auth"`).fields.nc;
    expect([count("a"), count("a"), count("b")]).toEqual(["00000001", "00000002", "00000001"]);
  });

  it("answers in SHA-256, which SIP.js does not", () => {
    const challenge = 'Digest realm="r", nonce="n", algorithm=SHA-256';
    expect(make(theirs)(challenge).made).toBe(false);
    expect(make(ours)(challenge).fields.response).toHaveLength(64);
  });

  it.each([theirs, ours])("has no value before it has answered", (library: Any) => {
    const digest = new library.Core.DigestAuthentication(
      new library.Core.LoggerFactory(),
      undefined,
      "alice",
      "secret"
    );
    expect(() => String(digest)).toThrow("cannot generate Authorization header");
  });
});
