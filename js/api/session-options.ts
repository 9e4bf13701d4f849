import type { SessionDelegate } from "./session-delegate.js";

/** Options of a `Session`. */
export interface SessionOptions {
  /** Told what comes in within the session. */
  delegate?: SessionDelegate;
}
