// The entries of apt's configuration that name the distribution itself, read as source entries.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * @param {string} etc - apt's configuration directory.
 * @returns {[string, string][]} Names and texts of files for a `sources.list.d`.
 */
export function sourceEntries(etc) {
  const codename = /^VERSION_CODENAME=(.+)$/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1];
  const parts = join(etc, "sources.list.d");
  const files = [join(etc, "sources.list")];
  if (existsSync(parts)) files.push(...readdirSync(parts).map((name) => join(parts, name)));
  let lines = "";
  let stanzas = "";
  for (const file of files.filter((name) => existsSync(name))) {
    const text = readFileSync(file, "utf8");
    if (file.endsWith(".list")) lines += sourceLines(text, codename);
    if (file.endsWith(".sources")) stanzas += sourceStanzas(text, codename);
  }
  return [
    ["sources.list", lines],
    ["sources.sources", stanzas]
  ].filter(([, text]) => text);
}

/** A suite of the distribution, not of another vendor: `bookworm`, `bookworm-updates`, `sid`. */
function isOwn(suite, codename) {
  return /^(stable|testing|unstable|sid)$/.test(suite) || suite.split(/[-/]/)[0] === codename;
}

/** One-line entries: `deb [options] URI suite component...`. */
export function sourceLines(text, codename) {
  return text
    .split("\n")
    .map((line) => /^\s*deb\s+(?:\[[^\]]*\]\s*)?\S+\s+(\S+)\s/.exec(line))
    .filter((match) => match && isOwn(match[1], codename))
    .map((match) => match.input.replace(/^\s*deb/, "deb-src") + "\n")
    .join("");
}

/** Deb822 stanzas. */
export function sourceStanzas(text, codename) {
  return text
    .split(/\n\s*\n/)
    .filter((stanza) => /^Types:.*\bdeb\b/m.test(stanza))
    .filter((stanza) => {
      const suites = /^Suites:(.*)$/m.exec(stanza)?.[1].trim().split(/\s+/) ?? [];
      return suites.some((suite) => isOwn(suite, codename));
    })
    .map((stanza) => stanza.replace(/^Types:.*$/m, "Types: deb-src").trim() + "\n\n")
    .join("");
}
