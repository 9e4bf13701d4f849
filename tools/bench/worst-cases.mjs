// Messages that are as bad as they can be for a parser, of any size.

const head = `OPTIONS sip:b@example.com SIP/2.0
Via: SIP/2.0/WSS a.invalid;branch=z9hG4bK1
From: <sip:a@example.com>;tag=1
To: <sip:b@example.com>
Call-ID: worst
CSeq: 1 OPTIONS
Max-Forwards: 70
`.replace(/\n/g, "\r\n");

/**
 * A header field whose middle repeats `unit` until the message has `size` octets. Not more, as above
 * 256 KB there is an answer to be written, whose tag is a hash of the message.
 */
const filled = (before, unit, after) => (size) => {
  const room = size - head.length - before.length - after.length - 4;
  const times = Math.max(0, Math.floor(room / Buffer.byteLength(unit)));
  return `${head}${before}${unit.repeat(times)}${after}\r\n\r\n`;
};

/** Name, and the text of a given size. */
export const worstCases = {
  "many header fields": filled(
    "",
    "X-Field-Of-Mine: some value here, and as much again behind it\r\n",
    "X: y"
  ),
  "short header fields (bounded: 4096)": filled("", "X: y\r\n", "X: y"),
  "parameters of Contact (bounded: 64)": filled("Contact: <sip:a@b>", ";a=b", ""),
  "parameters of a URI (bounded: 64)": filled("Contact: <sip:a@b", ";a=b", ">"),
  "long display name": filled('Contact: "', "name ", '" <sip:a@b>'),
  "escapes in quotes": filled('Contact: "', '\\"', '" <sip:a@b>'),
  "quotes that open and close": filled("Contact: ", '"a" ', "<sip:a@b>"),
  "a quote that is not closed": filled('Contact: "', "a, ", "<sip:a@b>"),
  "nested comments": filled("User-Agent: ", "(", ""),
  "open brackets": filled("Contact: ", "<", ""),
  "values of Contact in one line": filled("Contact: ", "<sip:a@b>, ", "<sip:c@d>"),
  "values of Via in one line": filled(
    "Via: ",
    "SIP/2.0/WSS h.invalid;branch=z9hG4bK2, ",
    "SIP/2.0/WSS h"
  ),
  commas: filled("Contact: ", ",", "<sip:a@b>"),
  semicolons: filled("Contact: <sip:a@b>", ";", ""),
  "a folded value": filled("Subject: a", "\r\n b", ""),
  spaces: filled("Contact: ", " ", "<sip:a@b>"),
  "escapes in a user part": filled("Contact: <sip:", "%41", "@b>"),
  "letters of three octets": filled("Subject: ", "\u20ac", ""),
  "an answer that is a challenge": filled("WWW-Authenticate: Digest ", 'a="b", ', 'realm="r"')
};

export const sizes = [1, 4, 16, 64, 250].map((kilobytes) => kilobytes * 1024);
