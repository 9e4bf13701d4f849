// What a page tells the test process: plain values alone can cross.

/** An error as it can be told to another process. */
export interface Failure {
  /** The name of its class. */
  type: string;
  /** Its message. */
  message: string;
  /** Whether it is a TypeError. */
  isTypeError: boolean;
}

/** The final answer to a request. */
export interface Answer {
  status: number;
  reason: string;
}

/** What the package hands to a request delegate. */
export type Response = {
  message: { statusCode?: number | undefined; reasonPhrase?: string | undefined };
};

/** The values of a response. */
export function answerOf({ message }: Response): Answer {
  return { status: message.statusCode ?? 0, reason: message.reasonPhrase ?? "" };
}

/** The values of whatever was thrown. */
export function failure(error: unknown): Failure {
  if (!(error instanceof Error)) {
    return { type: typeof error, message: String(error), isTypeError: false };
  }
  return {
    type: error.constructor.name,
    message: error.message,
    isTypeError: error instanceof TypeError
  };
}
