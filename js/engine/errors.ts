/** The status codes of absl that a command can end with. */
export enum StatusCode {
  Ok = 0,
  InvalidArgument = 3,
  NotFound = 5,
  FailedPrecondition = 9
}

/**
 * The core refused a command because of the state something is in, or because what it is about is
 * gone. The faces turn it into the error that SIP.js has for the case, if that is none of just any kind.
 */
export class CommandError extends Error {
  constructor(
    message: string,
    /** Why. */
    readonly code: StatusCode
  ) {
    super(message);
  }
}

/** The error for a command that was refused. An invalid value is the caller's: a `TypeError`. */
export function toError(code: number, message: string): Error {
  return code === StatusCode.InvalidArgument
    ? new TypeError(message)
    : new CommandError(message, code);
}
