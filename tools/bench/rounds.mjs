// Timing side by side. Candidates take turns within each round, so what slows the machine slows all
// of them; a ratio is the median of the ratios of the rounds. Time is that of the processor, which
// does not run while others are at work.

/** The middle one of some numbers. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Compares the first of `place.names` with the others.
 * @param place - Where they run: their `names`, `work(name, times)`, which does the work of one so
 * often, and `clock()`, the milliseconds of processor time that it has taken so far.
 * @param options.milliseconds - What each works for in each of so many `rounds`.
 * @returns for each its rate (times a second) and by how much the first is faster, both medians.
 */
export async function compare(place, { rounds = 11, milliseconds = 250 } = {}) {
  const { names } = place;
  const times = [];
  for (const name of names) times.push(await warmUp(place, name, milliseconds));
  const found = names.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, name] of names.entries()) {
      found[i].push((1000 * times[i]) / (await measure(place, name, times[i])));
    }
  }
  return Object.fromEntries(
    names.map((name, i) => [
      name,
      { rate: median(found[i]), ratio: median(found[i].map((rate, j) => found[0][j] / rate)) }
    ])
  );
}

/** Milliseconds of processor time that a candidate takes. */
export async function measure({ work, clock }, name, times) {
  const begin = await clock();
  await work(name, times);
  return (await clock()) - begin;
}

/** Works until code is compiled and memory fits. Returns how many times take so long. */
async function warmUp(place, name, milliseconds) {
  let times = 1;
  for (;;) {
    const taken = await measure(place, name, times);
    if (taken >= milliseconds) return Math.max(1, Math.round((times * milliseconds) / taken));
    times *= 2;
  }
}
