import type { Session } from "../../../api/session.js";
import type { ManagedSession } from "./managed-session.js";
import type { SessionManager } from "./session-manager.js";

/** Makes what a `SessionManager` is to know of a session. */
export interface ManagedSessionFactory {
  /**
   * @param sessionManager - The manager.
   * @param session - The session, which has just been created.
   */
  (sessionManager: SessionManager, session: Session): ManagedSession;
}
