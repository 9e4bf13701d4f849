/**
 * The embind class `Door` of `wasm/bindings.cc`: the whole of what crosses between JavaScript and
 * the SIP core. Addresses are byte addresses into the module's memory. Any call may grow the memory,
 * so read the views on it anew after each. `now` is in milliseconds since the epoch.
 */
export interface Door {
  /** Makes the stack, out of `bytes` octets of randomness that lie in the text buffer. */
  seed(bytes: number): void;
  /** A kept buffer for input text of at least `bytes` octets; its address. */
  text(bytes: number): number;
  /** A kept buffer for at least `count` input words of 32 bits; its address. */
  words(count: number): number;
  /**
   * Carries out the command whose words and texts lie in the input buffers.
   * @returns An absl status code. The output then holds the reply, or the message of the error.
   */
  perform(count: number, textBytes: number, now: number): number;
  /** A message came in, its text lies in the text buffer. Returns its serial number, from 1 on. */
  receive(core: number, textBytes: number, now: number): number;
  /** Lets the time pass. */
  advance(now: number): void;
  /** Moves the next event to the output. Returns the number of its words, 0 if there is none. */
  poll(): number;
  /**
   * Address of four words that say what the output is: the address of its words, their number, the
   * address of its text, the number of its octets.
   */
  output(): number;
  /** When `advance` wants to be called next: milliseconds since the epoch, or infinity. */
  deadline(): number;
  /**
   * Parses a part of the text in the text buffer, which is ASCII if it does not begin at 0.
   * @returns The number of output words, 0 if it is malformed.
   */
  parse(kind: number, at: number, textBytes: number): number;
  /** How many handles live, for tests that look for leaks. */
  handleCount(): number;
}
