/**
 * How much is logged. A level includes every level below it: `log` (the default) prints errors,
 * warnings and what happens; `debug` prints everything.
 */
export enum Levels {
  /** What failed. */
  error = 0,
  /** What may be a mistake. */
  warn = 1,
  /** What happens. */
  log = 2,
  /** Everything. */
  debug = 3
}
