import type { Session } from "../../../api/session.js";
import type {
  SessionManagerMediaLocal,
  SessionManagerMediaRemote
} from "./session-manager-options.js";

/** A session and what a `SessionManager` knows of it. */
export interface ManagedSession {
  /** Whether the peer was put on hold. */
  held: boolean;
  /** Whether the local media is muted. */
  muted: boolean;
  /** The session. */
  session: Session;
  /** Where the local media is shown, once the call is answered. */
  mediaLocal?: SessionManagerMediaLocal;
  /** Where the remote media is played, once the call is answered. */
  mediaRemote?: SessionManagerMediaRemote;
}
