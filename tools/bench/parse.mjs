// The part of the benchmark of the message layer that runs in Node and in Chromium.
import { libraries } from "./libraries.mjs";
import { compare } from "./rounds.mjs";

/** Reads `texts` with each library in turns. */
export function compareParsers(texts, options) {
  verify(texts);
  const candidates = Object.fromEntries(
    Object.entries(libraries).map(([name, read]) => [name, () => texts.forEach((t) => read(t))])
  );
  return compare(candidates, texts.length, options);
}

/** Fails unless all libraries read the same values, but for what they call nothing. */
function verify(texts) {
  for (const text of texts) {
    const [first, ...others] = Object.entries(libraries).map(([name, read]) => [
      name,
      JSON.stringify(read(text).map((value) => value || null))
    ]);
    for (const [name, values] of others) {
      if (values !== first[1]) {
        throw new Error(`${first[0]} read ${first[1]}\n${name} read ${values}\n${text}`);
      }
    }
  }
}

/** How many milliseconds sipwasm takes to read `text`, which may be malformed, over at least so many. */
export function readWithOurs(text, milliseconds) {
  const begin = performance.now();
  let elapsed;
  let calls = 0;
  do {
    libraries.sipwasm(text);
    calls++;
    elapsed = performance.now() - begin;
  } while (elapsed < milliseconds);
  return elapsed / calls;
}
