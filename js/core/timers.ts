/** RFC 3261 section 17.1.1.1: the estimate of the round-trip time, in milliseconds. */
const T1 = 500;
const T2 = 4000;
const T4 = 5000;

/**
 * The timers of RFC 3261 and RFC 6026 in milliseconds. They are what the core uses, for reading:
 * changing them here changes nothing.
 */
export const Timers = {
  T1,
  T2,
  T4,
  TIMER_B: 64 * T1,
  TIMER_D: 0 * T1,
  TIMER_F: 64 * T1,
  TIMER_H: 64 * T1,
  TIMER_I: 0 * T4,
  TIMER_J: 0 * T1,
  TIMER_K: 0 * T4,
  TIMER_L: 64 * T1,
  TIMER_M: 64 * T1,
  TIMER_N: 64 * T1,
  PROVISIONAL_RESPONSE_INTERVAL: 60000
};
