/**
 * What the core asks of a transport (RFC 3261 section 18): its name, and a way to send.
 */
export interface Transport {
  /**
   * The transport protocol as it stands in the sent-protocol of a Via header field, for example
   * "WSS" (RFC 3261 section 20.42, RFC 7118 section 5.2).
   */
  readonly protocol: string;

  /**
   * Sends a message.
   * @param message - The whole SIP message.
   * @returns A promise resolved once the message has been handed to the network and rejected with
   * an `Error` otherwise.
   */
  send(message: string): Promise<void>;
}
