/**
 * Waits for ICE gathering to complete, or for as long as one is prepared to wait.
 * @internal
 */
export class IceGathering {
  private waiting: { resolve(): void; reject(error: Error): void } | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param timeout - Milliseconds; no limit if zero.
   * @param onTimeout - Called at the end of that time, to decide what to do.
   * @returns A promise resolved by `complete()` and rejected by `abort()`.
   */
  wait(timeout: number, onTimeout: () => void): Promise<void> {
    this.abort(new Error("ICE gathering superseded."));
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      if (timeout > 0) {
        this.timer = setTimeout(onTimeout, timeout);
      }
    });
  }

  complete(): void {
    const waiting = this.end();
    waiting?.resolve();
  }

  abort(error: Error): void {
    const waiting = this.end();
    waiting?.reject(error);
  }

  private end(): { resolve(): void; reject(error: Error): void } | undefined {
    const { waiting } = this;
    clearTimeout(this.timer);
    this.waiting = undefined;
    return waiting;
  }
}
