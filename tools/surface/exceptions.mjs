// What is not as in SIP.js, each with its reason, which js/MIGRATING.md gives too. Whatever else is
// missing or differs fails `npm test`.

/** Options of our own, where a type of SIP.js's is written out with all its members. */
const more = [
  {
    path: /^(UserAgent#configuration|new UserAgent)$/,
    names: ["acceptedContentTypes", "maxMessageSize", "traceSize"],
    reason: "options may be added: an application that does not know of them need not give them"
  }
];

/** Whether a difference is one of these. */
export function isKnown({ path, verdict, theirs, ours }) {
  const known = more.find((each) => verdict === "differs" && each.path.test(path));
  return known?.names.reduce(without, ours) === theirs;
}

/** A type that is written out, without one of its members. */
function without(text, name) {
  return text.replace(new RegExp(`\\b${name}\\??: (<[^<>]*>|[^;<>])*(; | (?=}))`), "");
}
