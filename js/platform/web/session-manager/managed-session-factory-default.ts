import type { ManagedSessionFactory } from "./managed-session-factory.js";

/** A factory of managed sessions that are neither held nor muted. */
export function defaultManagedSessionFactory(): ManagedSessionFactory {
  return (_sessionManager, session) => ({ session, held: false, muted: false });
}
