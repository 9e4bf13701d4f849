// Timing side by side. Libraries take turns within each round, so what slows the machine slows all
// of them; a ratio is the median of the ratios of the rounds.

/** The middle one of some numbers. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** How often a second `work`, which does `amount` things, does one, over at least so long. */
function rate(work, amount, milliseconds) {
  const begin = performance.now();
  let done = 0;
  let elapsed;
  do {
    work();
    done += amount;
    elapsed = performance.now() - begin;
  } while (elapsed < milliseconds);
  return (1000 * done) / elapsed;
}

/**
 * Runs the works of `candidates`, a table of functions, in turns. The first one is compared.
 * @returns for each its rate (things a second) and by how much the first is faster, both medians.
 */
export function compare(candidates, amount, { rounds = 11, milliseconds = 150 } = {}) {
  const entries = Object.entries(candidates);
  for (const [, work] of entries) rate(work, amount, milliseconds);
  const rates = Array.from({ length: rounds }, () =>
    entries.map(([, work]) => rate(work, amount, milliseconds))
  );
  return Object.fromEntries(
    entries.map(([name], i) => [
      name,
      {
        rate: median(rates.map((round) => round[i])),
        ratio: median(rates.map((round) => round[0] / round[i]))
      }
    ])
  );
}
