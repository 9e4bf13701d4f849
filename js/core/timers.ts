/** RFC 3261 section 17.1.1.1: the estimate of the round-trip time, in milliseconds. */
const T1 = 500;
/** The longest time between repetitions of a request other than INVITE, and of an INVITE's response. */
const T2 = 4000;
/** How long a message may stay in the network. */
const T4 = 5000;

/**
 * The timers of RFC 3261 and RFC 6026 in milliseconds. They are what the core uses, for reading:
 * changing them here changes nothing.
 */
export const Timers = {
  /** RFC 3261 section 17.1.1.1: the estimate of the round-trip time. */
  T1,
  /** The longest time between repetitions of a request other than INVITE, and of an INVITE's response. */
  T2,
  /** How long a message may stay in the network. */
  T4,
  /** How long an INVITE waits for a response. */
  TIMER_B: 64 * T1,
  /** How long repeated responses to an INVITE are absorbed: not at all, over a reliable transport. */
  TIMER_D: 0 * T1,
  /** How long another request waits for its final response. */
  TIMER_F: 64 * T1,
  /** How long the ACK of a refusal is awaited. */
  TIMER_H: 64 * T1,
  /** How long repeated ACKs are absorbed. */
  TIMER_I: 0 * T4,
  /** How long repeated requests are absorbed. */
  TIMER_J: 0 * T1,
  /** How long repeated responses are absorbed. */
  TIMER_K: 0 * T4,
  /** RFC 6026: how long a server waits for repeated INVITEs after a 2xx. */
  TIMER_L: 64 * T1,
  /** RFC 6026: how long a client waits for further 2xx. */
  TIMER_M: 64 * T1,
  /** RFC 6665 section 4.1.2.4: how long the first NOTIFY is awaited. */
  TIMER_N: 64 * T1,
  /** RFC 3261 section 13.3.1.1: how often a provisional response is repeated. */
  PROVISIONAL_RESPONSE_INTERVAL: 60000
};
