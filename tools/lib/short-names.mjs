// Which short name a member gets. One that is to be expected after what stands before it, and before
// what stands behind it, compresses to next to nothing: 0.4 KB less than names in the order of use.

/** What is looked at around a name: how many characters before and behind it, and what that counts. */
const views = [
  ...[[4, 0, 1], [6, 0, 2], [9, 0, 3], [13, 0, 4]],
  ...[[0, 2, 1], [0, 4, 2], [0, 7, 3], [0, 11, 4]],
  ...[[5, 2, 2], [2, 4, 2], [0, 0, 1]]
];

/** No more is gained after some; until then one may happen to be better than the next. */
const rounds = 16;

const letters = "etnriosaludcmpfhgbvykwxjqzETNRIOSALUDCMPFHGBVYKWXJQZ";

/**
 * With a "$": an application in JavaScript, which no compiler warns, may well hang `x` or `id` on a
 * session.
 */
const short = (number) =>
  number < letters.length
    ? `$${letters[number]}`
    : `${short(Math.floor(number / letters.length) - 1)}${letters[number % letters.length]}`;

/**
 * Chooses names that the text compresses well with.
 * @param {string} text - Minified code, with a placeholder in place of each name.
 * @param {RegExp} placeholder - What is one, global.
 * @param {string[][]} groups - Placeholders of which an object may have all: their names differ.
 * @param {Set<string>} taken - Names that are none to choose.
 * @returns {Map<string, string>[]} The name for each placeholder of the groups: some ways, which are
 *   about equally good.
 */
export function shortNames(text, placeholder, groups, taken = new Set()) {
  const chooser = new Chooser(text, placeholder, groups, taken);
  const ways = [new Map(chooser.names)];
  while (ways.length <= rounds && chooser.improve()) ways.push(new Map(chooser.names));
  return ways.slice(Math.min(3, ways.length - 1));
}

class Chooser {
  names = new Map();
  /** Of each placeholder those that need another name. */
  others = new Map();
  /** Of each placeholder where it stands in the text, as indices of `members`. */
  places = new Map();

  constructor(text, placeholder, groups, taken) {
    this.members = text.match(placeholder) ?? [];
    this.between = text.split(placeholder);
    for (const group of groups) {
      for (const member of group) {
        const others = this.others.get(member) ?? new Set();
        this.others.set(member, others);
        for (const other of group) if (other !== member) others.add(other);
      }
    }
    for (const member of this.others.keys()) this.places.set(member, []);
    this.members.forEach((member, place) => this.places.get(member).push(place));
    const most = Math.max(0, ...[...this.others.values()].map(({ size }) => size));
    const count = Math.max(letters.length, most + 1) + taken.size;
    const all = Array.from({ length: count }, (_, number) => short(number));
    this.all = all.filter((name) => !taken.has(name));
    this.sorted = [...this.places].sort(([, a], [, b]) => b.length - a.length).map(([member]) => member);
    for (const member of this.sorted) {
      this.names.set(
        member,
        this.all.find((name) => this.free(member, name))
      );
    }
  }

  free(member, name, except) {
    for (const other of this.others.get(member)) {
      if (other !== except && this.names.get(other) === name) return false;
    }
    return true;
  }

  /** Gives each member the name that is best as things are. Returns whether one was better. */
  improve() {
    this.look();
    let improved = false;
    for (const member of this.sorted) {
      let best = 1e-6;
      let change;
      for (const name of this.all) {
        const possible = this.change(member, name);
        const gain = possible ? this.gain(possible) : 0;
        if (gain > best) [best, change] = [gain, possible];
      }
      if (!change) continue;
      improved = true;
      this.count(change.keys(), -1);
      for (const [each, name] of change) this.names.set(each, name);
      this.count(change.keys(), 1);
    }
    return improved;
  }

  /** The new names if a member gets this one, and who must not keep it the one it had before. */
  change(member, name) {
    const before = this.names.get(member);
    if (name === before) return undefined;
    const change = new Map([[member, name]]);
    for (const other of this.others.get(member)) {
      if (this.names.get(other) !== name) continue;
      if (!this.free(other, before, member)) return undefined;
      change.set(other, before);
    }
    return change;
  }

  /** How many bits a change saves, about. */
  gain(change) {
    this.count(change.keys(), -1);
    let gain = 0;
    for (const [member, name] of change) {
      gain += this.fit(member, name) - this.fit(member, this.names.get(member));
    }
    this.count(change.keys(), 1);
    return gain;
  }

  /** How much a name is to be expected where a member stands: a logarithm. */
  fit(member, name) {
    let sum = 0;
    for (const place of this.places.get(member)) {
      let likely = 0.001;
      this.seen[place].forEach((view, index) => {
        const weight = views[index][2];
        if (view.total) likely += (weight * (view.counts.get(name) ?? 0)) / (view.total + 0.5);
      });
      sum += Math.log2(likely);
    }
    return sum;
  }

  /** Finds what stands around each place, as the names are now, and counts the names in it. */
  look() {
    let text = this.between[0];
    const ends = this.members.map((member, place) => {
      const start = text.length;
      text += this.names.get(member);
      const end = text.length;
      text += this.between[place + 1];
      return [start, end];
    });
    const all = new Map();
    this.seen = ends.map(([start, end]) =>
      views.map(([before, behind], index) => {
        const around = text.slice(Math.max(0, start - before), start);
        const key = `${index} ${around}\0${text.slice(end, end + behind)}`;
        if (!all.has(key)) all.set(key, { total: 0, counts: new Map() });
        return all.get(key);
      })
    );
    this.count(this.places.keys(), 1);
  }

  count(members, by) {
    for (const member of members) {
      const name = this.names.get(member);
      for (const place of this.places.get(member)) {
        for (const view of this.seen[place]) {
          view.total += by;
          view.counts.set(name, (view.counts.get(name) ?? 0) + by);
        }
      }
    }
  }
}
