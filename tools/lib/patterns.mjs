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

  /** Of each pattern its rank, the most frequent having 0; the patterns in the order of ranks. */
  ranked(sequence) {
    const uses = this.list.map(() => 0);
    for (const pattern of sequence) uses[pattern]++;
    const order = uses.map((_, i) => i).sort((a, b) => uses[b] - uses[a] || a - b);
    const ranks = [];
    order.forEach((pattern, rank) => (ranks[pattern] = rank));
    return { ranks, list: order.map((pattern) => this.list[pattern]) };
  }
}
