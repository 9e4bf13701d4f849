/** The longest delay that `setTimeout` understands. */
const longestDelay = 2 ** 31 - 1;

/**
 * One alarm on the global `setTimeout`, which is looked up when it is used: a test may put its own
 * in its place at any time.
 * @internal
 */
export class Timer {
  private handle: ReturnType<typeof setTimeout> | undefined;
  private deadline = Infinity;
  /** What the alarm was set with, and what unsets it. */
  private set: typeof setTimeout | undefined;
  private clear: typeof clearTimeout | undefined;
  private waker: Worker | undefined;

  /**
   * @param onDeadline - Called with the deadline once it has been reached, whatever the clock says
   * by then.
   */
  constructor(private readonly onDeadline: (deadline: number) => void) {}

  /**
   * Sets the alarm anew. Infinity is none.
   * @param deadline - Milliseconds since the epoch.
   * @param now - The present, in the same measure.
   */
  arm(deadline: number, now: number): void {
    const armed = this.handle !== undefined && this.set === globalThis.setTimeout;
    if (armed && deadline === this.deadline) {
      return;
    }
    if (this.handle !== undefined) {
      this.clear?.call(globalThis, this.handle);
      this.handle = undefined;
    }
    this.deadline = deadline;
    this.set = globalThis.setTimeout;
    this.clear = globalThis.clearTimeout;
    if (deadline === Infinity) {
      return;
    }
    const delay = Math.min(Math.max(0, Math.ceil(deadline - now)), longestDelay);
    const handle = globalThis.setTimeout(
      () => this.expire(handle, deadline, now + longestDelay),
      delay
    );
    this.handle = handle;
    this.waker?.postMessage([deadline, delay]);
  }

  /** Has a Worker of `worker.js` tell of deadlines too. What comes first is heard. */
  wokenBy(worker: Worker): void {
    const { deadline } = this;
    this.waker = worker;
    worker.addEventListener("message", ({ data }: MessageEvent<number>) => {
      if (data === this.deadline) {
        this.expire(this.handle, data, Date.now());
      }
    });
    this.arm(Infinity, 0);
    this.arm(deadline, Date.now());
  }

  private expire(handle: unknown, deadline: number, reached: number): void {
    if (handle !== this.handle) {
      return;
    }
    this.handle = undefined;
    this.onDeadline(Math.min(deadline, reached));
  }
}
