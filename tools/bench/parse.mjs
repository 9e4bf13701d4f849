// What of the benchmark of the message layer runs in Node and in Chromium.
import { libraries } from "./libraries.mjs";
import { messages } from "./messages.mjs";

const texts = messages.map(([, text]) => text);
const entries = Object.entries(libraries);

/** For each library a function that reads so many messages. */
export const candidates = Object.fromEntries(
  entries.map(([name, read]) => [
    name,
    (times) => {
      for (let i = 0; i < times; i++) read(texts[i % texts.length]);
    }
  ])
);

// Fails unless all libraries read the same values, but for what they call nothing.
for (const text of texts) {
  const [first, ...others] = entries.map(([name, read]) => [
    name,
    JSON.stringify(read(text).map((value) => value || null))
  ]);
  for (const [name, values] of others) {
    if (values !== first[1]) {
      throw new Error(`${first[0]} read ${first[1]}\n${name} read ${values}\n${text}`);
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
