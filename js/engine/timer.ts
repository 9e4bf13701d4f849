/** The longest delay that `setTimeout` understands. */
const longestDelay = 2 ** 31 - 1;

interface Alarm {
  readonly deadline: number;
  readonly handle: ReturnType<typeof setTimeout>;
  /** What it was set with, and what unsets it. */
  readonly set: typeof setTimeout;
  readonly clear: typeof clearTimeout;
  readonly expire: () => void;
}

/**
 * An alarm for the next deadline, on the global `setTimeout`, which is looked up when it is used: a test
 * may put its own in its place at any time. The alarm of a deadline that an earlier one comes before is
 * kept: set anew, it would be late by what has passed, where the clock stands still.
 * @internal
 */
export class Timer {
  /** What is set, the next deadline last. */
  private readonly alarms: Alarm[] = [];
  private waker: Worker | undefined;
  /** What the waker was asked for last. */
  private asked: number | undefined;

  /**
   * @param onDeadline - Called with the deadline once it has been reached, whatever the clock says
   * by then.
   */
  constructor(private readonly onDeadline: (deadline: number) => void) {}

  /**
   * Sets the next deadline. Infinity is none.
   * @param deadline - Milliseconds since the epoch.
   * @param now - The present, in the same measure.
   */
  arm(deadline: number, now: number): void {
    const { alarms } = this;
    let next = alarms.at(-1);
    while (next && (next.deadline < deadline || next.set !== globalThis.setTimeout)) {
      next.clear.call(globalThis, next.handle);
      alarms.pop();
      next = alarms.at(-1);
    }
    const delay = Math.min(Math.max(0, Math.ceil(deadline - now)), longestDelay);
    if (deadline !== Infinity && next?.deadline !== deadline) {
      this.set(deadline, delay, now + longestDelay);
    }
    if (deadline !== this.asked) {
      this.asked = deadline;
      if (deadline !== Infinity) this.waker?.postMessage([deadline, delay]);
    }
  }

  /** Has a Worker of `worker.js` tell of deadlines too, from the next on. What comes first is heard. */
  wokenBy(worker: Worker): void {
    this.waker = worker;
    this.asked = undefined;
    worker.addEventListener("message", ({ data }: MessageEvent<number>) => {
      const next = this.alarms.at(-1);
      if (data === next?.deadline) {
        next.expire();
      }
    });
  }

  private set(deadline: number, delay: number, reached: number): void {
    const { alarms } = this;
    const expire = (): void => {
      const place = alarms.indexOf(alarm);
      if (place >= 0) {
        alarms.splice(place, 1);
        this.onDeadline(Math.min(deadline, reached));
      }
    };
    const { setTimeout: set, clearTimeout: clear } = globalThis;
    const handle = globalThis.setTimeout(expire, delay);
    const alarm: Alarm = { deadline, handle, set, clear, expire };
    alarms.push(alarm);
  }
}
