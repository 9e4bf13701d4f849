/**
 * Sends the CRLF keep-alives of a connection (RFC 5626 section 3.5.1) while it is started.
 * @internal
 */
export class KeepAlive {
  private nextPing: ReturnType<typeof setTimeout> | undefined;
  private awaitingPong: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param interval - Seconds between two pings at most; zero for none.
   * @param debounce - Seconds to hold back the next ping while one is unanswered.
   * @param ping - Sends the double CRLF.
   */
  constructor(
    private readonly interval: number,
    private readonly debounce: number,
    private readonly ping: () => void
  ) {}

  start(): void {
    if (this.interval > 0 && this.nextPing === undefined) {
      this.arm();
    }
  }

  stop(): void {
    clearTimeout(this.nextPing);
    this.nextPing = undefined;
    this.onPong();
  }

  /** To be called when the peer has answered. */
  onPong(): void {
    clearTimeout(this.awaitingPong);
    this.awaitingPong = undefined;
  }

  private arm(): void {
    // RFC 5626 section 4.4: "the interval between each keep-alive is randomly distributed between
    // 80% and 100% of the server-provided time."
    const seconds = this.interval * (0.8 + 0.2 * Math.random());
    this.nextPing = setTimeout(() => this.onTimer(), seconds * 1000);
  }

  private onTimer(): void {
    this.arm();
    if (this.awaitingPong !== undefined) {
      return;
    }
    this.awaitingPong = setTimeout(() => {
      this.awaitingPong = undefined;
    }, this.debounce * 1000);
    this.ping();
  }
}
