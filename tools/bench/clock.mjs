// A clock that stands still unless it is told to go on, in the place of the machine's: what a library
// has left to do in 32 seconds is done, and timed, in the same round.

const queue = [];
let now = Date.now();
let serial = 0;

const before = (a, b) => a.at < b.at || (a.at === b.at && a.serial < b.serial);

function push(entry) {
  let i = queue.push(entry) - 1;
  for (let up; i > 0 && before(entry, queue[(up = (i - 1) >> 1)]); i = up) queue[i] = queue[up];
  queue[i] = entry;
}

function pop() {
  const first = queue[0];
  const last = queue.pop();
  if (queue.length === 0) return first;
  let i = 0;
  for (let down; (down = 2 * i + 1) < queue.length; i = down) {
    if (down + 1 < queue.length && before(queue[down + 1], queue[down])) down++;
    if (before(last, queue[down])) break;
    queue[i] = queue[down];
  }
  queue[i] = last;
  return first;
}

function set(callback, delay = 0, interval) {
  const entry = { at: now + Math.max(0, delay), serial: ++serial, callback, interval };
  push(entry);
  return entry;
}

function clear(entry) {
  if (entry) entry.callback = undefined;
}

/** Puts it in place. */
export function installClock() {
  Date.now = () => now;
  globalThis.setTimeout = (callback, delay) => set(callback, delay);
  globalThis.setInterval = (callback, delay) => set(callback, delay, delay);
  globalThis.clearTimeout = globalThis.clearInterval = clear;
}

/** Lets so many milliseconds pass, and what follows from them happen. */
export async function pass(milliseconds) {
  const until = now + milliseconds;
  while (queue.length && queue[0].at <= until) {
    const entry = pop();
    now = Math.max(now, entry.at);
    const { callback, interval } = entry;
    if (callback && interval) push(Object.assign(entry, { at: now + interval, serial: ++serial }));
    callback?.();
    await undefined;
  }
  now = until;
}
