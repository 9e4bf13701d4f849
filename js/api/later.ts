/**
 * A promise that settles as another does, some turns of the microtask queue later. Tests of applications
 * count on it that promises settle as many turns after a message is sent as SIP.js's do.
 * @param turns - How many.
 * @param promise - The other one.
 */
export function later<T>(turns: number, promise: Promise<T>): Promise<T> {
  return turns > 0 ? later(turns - 1, promise.then()) : promise;
}
