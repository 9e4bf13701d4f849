import { SessionDescriptionHandlerError } from "../../../api/exceptions/session-description-handler.js";

export function closedError(): SessionDescriptionHandlerError {
  return new SessionDescriptionHandlerError("Peer connection closed.");
}

export function signalingStateError(
  peerConnection: RTCPeerConnection
): SessionDescriptionHandlerError {
  return new SessionDescriptionHandlerError(
    `Invalid signaling state ${peerConnection.signalingState}`
  );
}

/** The peer connection of a handler that must not be closed. */
export function open(peerConnection: RTCPeerConnection | undefined): RTCPeerConnection {
  if (!peerConnection) {
    throw closedError();
  }
  return peerConnection;
}

/**
 * True if the next local description is an offer, false if it is an answer.
 * @throws SessionDescriptionHandlerError if there can be neither.
 */
export function isOfferer(peerConnection: RTCPeerConnection): boolean {
  const { signalingState } = peerConnection;
  if (signalingState !== "stable" && signalingState !== "have-remote-offer") {
    throw signalingStateError(peerConnection);
  }
  return signalingState === "stable";
}
