import { reportException } from "../engine/report.js";
import type { EmitterImpl } from "./emitter.js";

/**
 * Tells the listeners of a new state. What one of them throws is an uncaught exception, and none of
 * the business of whoever changed the state.
 * @param emitter - The emitter, undefined if nobody has asked for it.
 * @param state - The new state.
 */
export function emitSafely<T>(emitter: EmitterImpl<T> | undefined, state: T): void {
  try {
    emitter?.emit(state);
  } catch (error) {
    reportException(error);
  }
}
