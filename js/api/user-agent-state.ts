/** State of a `UserAgent`: "Stopped" after construction, "Started" from `start()` to `stop()`. */
export enum UserAgentState {
  /** From `start()` on. */
  Started = "Started",
  /** Not started, or stopped. */
  Stopped = "Stopped"
}
