/** When a promise settled: turns of the microtask queue after the call, and after the last send. */
export interface Settlement {
  what: string;
  afterCall: number;
  afterSend: number | undefined;
}

/** The settlements in a journal, in their order. */
export function settlements(lines: string[]): Settlement[] {
  const found: Settlement[] = [];
  let sent: { [party: string]: number } = {};
  for (const line of lines) {
    const [, turn, party, what] = /^(\d+) (\w+) (.*)$/.exec(line) ?? [];
    if (turn === undefined) {
      sent = {};
    } else if (what.startsWith(">")) {
      sent[party] = Number(turn);
    } else if (/ (resolved|rejected)/.test(what)) {
      const afterCall = Number(turn);
      const afterSend = party in sent ? afterCall - sent[party] : undefined;
      found.push({ what: what.replace(/:.*/, ""), afterCall, afterSend });
    }
  }
  return found;
}

/** A table of the settlements of two runs, each kind of line once. */
export function profile(theirs: Settlement[], ours: Settlement[]): string {
  const cell = (settlement: Settlement | undefined): string =>
    settlement ? `${settlement.afterCall} (${settlement.afterSend ?? "-"})` : "never";
  const rows = theirs.map((each, i) =>
    [each.what.padEnd(34), cell(each).padEnd(10), cell(ours[i])].join("")
  );
  const title = "turns after the call (after the send)".padEnd(34);
  return [`${title}SIP.js    ours`, ...[...new Set(rows)].sort()].join("\n") + "\n";
}
