/** The SIP methods. */
export namespace C {
  /** RFC 3261 section 13.2.2.4: acknowledges a final response to an INVITE. */
  export const ACK = "ACK";
  /** RFC 3261 section 15: ends a session. */
  export const BYE = "BYE";
  /** RFC 3261 section 9: takes a request back. */
  export const CANCEL = "CANCEL";
  /** RFC 6086: tells something within a session. */
  export const INFO = "INFO";
  /** RFC 3261 section 13: begins a session, or changes it. */
  export const INVITE = "INVITE";
  /** RFC 3428: carries a text. */
  export const MESSAGE = "MESSAGE";
  /** RFC 6665: tells a subscriber of an event. */
  export const NOTIFY = "NOTIFY";
  /** RFC 3261 section 11: asks what a peer can do. */
  export const OPTIONS = "OPTIONS";
  /** RFC 3261 section 10: binds an address to a contact. */
  export const REGISTER = "REGISTER";
  /** RFC 3311: changes a session before or after it is established. */
  export const UPDATE = "UPDATE";
  /** RFC 6665: asks to be told of an event. */
  export const SUBSCRIBE = "SUBSCRIBE";
  /** RFC 3903: publishes the state of an event. */
  export const PUBLISH = "PUBLISH";
  /** RFC 3515: asks a peer to call somebody. */
  export const REFER = "REFER";
  /** RFC 3262: acknowledges a provisional response. */
  export const PRACK = "PRACK";
}
