/**
 * Throws an exception of the application's where nobody but the environment catches it, as an
 * uncaught one: it must be seen, but it is not the concern of whoever called its thrower.
 * @param error - What a delegate or listener threw.
 */
export function reportException(error: unknown): void {
  globalThis.queueMicrotask(() => {
    throw error;
  });
}
