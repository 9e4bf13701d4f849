/** Configuration of a {@link SessionDescriptionHandler}. */
export interface SessionDescriptionHandlerConfiguration {
  /**
   * The maximum time to wait for ICE gathering to complete, in milliseconds. No limit if zero or
   * undefined; the default factory makes undefined 5000.
   */
  iceGatheringTimeout?: number;

  /** Configuration of the peer connection. */
  peerConnectionConfiguration?: RTCConfiguration;
}
