/**
 * Hears the events of the peer connection, each after the handler itself has dealt with it. The
 * methods are named after the event handler properties of `RTCPeerConnection`.
 */
export interface PeerConnectionDelegate {
  /** The state of all transports together has changed. */
  onconnectionstatechange?(event: Event): void;

  /** The peer has created a data channel. */
  ondatachannel?(event: RTCDataChannelEvent): void;

  /** A local ICE candidate has been found. */
  onicecandidate?(event: RTCPeerConnectionIceEvent): void;

  /** A STUN or TURN server has failed. */
  onicecandidateerror?(event: RTCPeerConnectionIceErrorEvent): void;

  /** The state of ICE has changed. */
  oniceconnectionstatechange?(event: Event): void;

  /** The state of ICE gathering has changed. */
  onicegatheringstatechange?(event: Event): void;

  /** Something has changed that calls for an offer. */
  onnegotiationneeded?(event: Event): void;

  /** The state of offer and answer has changed. */
  onsignalingstatechange?(event: Event): void;

  /** The peer has added a track. */
  ontrack?(event: Event): void;
}
