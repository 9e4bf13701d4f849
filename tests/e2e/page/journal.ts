/** One thing that happened in a page. */
export interface Entry {
  /** What happened, such as "session" or "rejected". */
  name: string;
  [detail: string]: unknown;
}

interface Waiter {
  name: string;
  detail: Record<string, unknown>;
  resolve: (entry: Entry) => void;
}

const patienceMs = 12_000;

/** What happened in a page, in order; each entry can be awaited once. */
export class Journal {
  /** All entries, oldest first. */
  readonly entries: Entry[] = [];
  private untaken: Entry[] = [];
  private waiters: Waiter[] = [];

  /** Adds an entry. */
  note(name: string, detail: Record<string, unknown> = {}): void {
    const entry: Entry = { name, ...detail };
    this.entries.push(entry);
    const waiter = this.waiters.find((each) => matches(entry, each));
    if (waiter === undefined) {
      this.untaken.push(entry);
    } else {
      this.waiters = this.waiters.filter((each) => each !== waiter);
      waiter.resolve(entry);
    }
  }

  /** The oldest entry of this name and detail that nobody has taken; rejects when none comes in 12 seconds. */
  take(name: string, detail: Record<string, unknown> = {}): Promise<Entry> {
    const found = this.untaken.find((entry) => matches(entry, { name, detail }));
    if (found !== undefined) {
      this.untaken = this.untaken.filter((entry) => entry !== found);
      return Promise.resolve(found);
    }
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { name, detail, resolve };
      this.waiters.push(waiter);
      setTimeout(() => {
        this.waiters = this.waiters.filter((each) => each !== waiter);
        reject(
          new Error(`no ${name} ${JSON.stringify(detail)} among ${JSON.stringify(this.entries)}`)
        );
      }, patienceMs);
    });
  }
}

function matches(entry: Entry, wanted: { name: string; detail: Record<string, unknown> }): boolean {
  if (entry.name !== wanted.name) return false;
  return Object.entries(wanted.detail).every(([key, value]) => entry[key] === value);
}
