/**
 * Base of the errors an application may reasonably want to catch and tell apart with `instanceof`.
 * A plain `Error` reports a problem that a reasonable application does not try to handle.
 */
export abstract class Exception extends Error {
  protected constructor(message?: string) {
    super(message);
  }
}
