/** The states of the machines of RFC 3261 section 17 and RFC 6026. */
export enum TransactionState {
  /** RFC 6026: a 2xx went; what comes again is absorbed. */
  Accepted = "Accepted",
  /** The INVITE was sent, nothing came yet. */
  Calling = "Calling",
  /** There was a final response. */
  Completed = "Completed",
  /** The ACK of a refusal has come. */
  Confirmed = "Confirmed",
  /** There was a provisional response, or may be one. */
  Proceeding = "Proceeding",
  /** It is over. */
  Terminated = "Terminated",
  /** The request was sent or has come, nothing else yet. */
  Trying = "Trying"
}
