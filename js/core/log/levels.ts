/**
 * How much is logged. A level includes every level below it: `log` (the default) prints errors,
 * warnings and what happens; `debug` prints everything.
 */
export enum Levels {
  error = 0,
  warn = 1,
  log = 2,
  debug = 3
}
