/** State of a `UserAgent`: "Stopped" after construction, "Started" from `start()` to `stop()`. */
export enum UserAgentState {
  Started = "Started",
  Stopped = "Stopped"
}
