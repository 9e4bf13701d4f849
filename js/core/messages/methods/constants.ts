/** The SIP methods. */
export const C = {
  /** RFC 3261 section 13.2.2.4: acknowledges a final response to an INVITE. */
  ACK: "ACK",
  /** RFC 3261 section 15: ends a session. */
  BYE: "BYE",
  /** RFC 3261 section 9: takes a request back. */
  CANCEL: "CANCEL",
  /** RFC 6086: tells something within a session. */
  INFO: "INFO",
  /** RFC 3261 section 13: begins a session, or changes it. */
  INVITE: "INVITE",
  /** RFC 3428: carries a text. */
  MESSAGE: "MESSAGE",
  /** RFC 6665: tells a subscriber of an event. */
  NOTIFY: "NOTIFY",
  /** RFC 3261 section 11: asks what a peer can do. */
  OPTIONS: "OPTIONS",
  /** RFC 3261 section 10: binds an address to a contact. */
  REGISTER: "REGISTER",
  /** RFC 3311: changes a session before or after it is established. */
  UPDATE: "UPDATE",
  /** RFC 6665: asks to be told of an event. */
  SUBSCRIBE: "SUBSCRIBE",
  /** RFC 3903: publishes the state of an event. */
  PUBLISH: "PUBLISH",
  /** RFC 3515: asks a peer to call somebody. */
  REFER: "REFER",
  /** RFC 3262: acknowledges a provisional response. */
  PRACK: "PRACK"
} as const;
