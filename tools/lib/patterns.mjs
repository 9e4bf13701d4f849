// Finds the patterns that sequences are made of.

/** How many items a pattern may have that is made of others. */
const longest = 64;

/** Patterns by their numbers. Each is a list of items. */
export class Patterns {
  list = [];
  numbers = new Map();

  /** The number of a pattern. */
  add(items) {
    const key = items.join();
    if (!this.numbers.has(key)) this.numbers.set(key, this.list.push(items) - 1);
    return this.numbers.get(key);
  }

  /** Puts one pattern in the place of the two that follow each other most often, again and again. */
  join(sequences, times) {
    for (; times; times--) {
      const pair = mostFrequentPair(sequences);
      if (!pair) return;
      const items = pair.flatMap((pattern) => this.list[pattern]);
      if (items.length > longest) return;
      const both = this.add(items);
      for (const sequence of sequences) replace(sequence, pair, both);
    }
  }

  /** Of each pattern its rank, the most frequent having 0; the patterns in the order of ranks. */
  ranked(sequences) {
    const uses = this.list.map(() => 0);
    for (const pattern of sequences.flat()) uses[pattern]++;
    const order = uses.map((_, i) => i).sort((a, b) => uses[b] - uses[a] || a - b);
    const ranks = [];
    order.forEach((pattern, rank) => (ranks[pattern] = rank));
    return { ranks, list: order.map((pattern) => this.list[pattern]) };
  }
}

function mostFrequentPair(sequences) {
  const counts = new Map();
  for (const sequence of sequences) {
    for (let i = 1; i < sequence.length; i++) {
      const key = sequence[i - 1] * 65536 + sequence[i];
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  let most = [0, 1];
  for (const entry of counts) if (entry[1] > most[1]) most = entry;
  return most[1] > 1 ? [Math.floor(most[0] / 65536), most[0] % 65536] : undefined;
}

function replace(sequence, [first, second], both) {
  let to = 0;
  for (let from = 0; from < sequence.length; from++, to++) {
    const found = sequence[from] === first && sequence[from + 1] === second;
    sequence[to] = found ? both : sequence[from];
    if (found) from++;
  }
  sequence.length = to;
}
