import { SessionDescriptionHandlerError } from "../../../api/exceptions/session-description-handler.js";
import { midOf, splitSections } from "../modifiers/sections.js";
import { isOfferer } from "./errors.js";

/** What directions transceivers are to have in the local offer or answer that comes next. */
export function directionsToGive(
  peerConnection: RTCPeerConnection,
  hold: boolean
): (transceiver: RTCRtpTransceiver) => RTCRtpTransceiverDirection {
  if (isOfferer(peerConnection)) {
    return (transceiver) => offerDirection(transceiver, hold);
  }
  const offer = peerConnection.remoteDescription?.sdp;
  if (!offer) {
    throw new SessionDescriptionHandlerError("No remote offer");
  }
  return ({ mid }) => answerDirection(offeredDirection(offer, mid), hold);
}

/** The direction of a transceiver in an offer of ours. */
function offerDirection(transceiver: RTCRtpTransceiver, hold: boolean): RTCRtpTransceiverDirection {
  const { direction } = transceiver;
  if (hold) {
    // RFC 3264 section 8.4: "If the stream to be placed on hold was previously a sendrecv media
    // stream, it is placed on hold by marking it as sendonly. If the stream to be placed on hold
    // was previously a recvonly media stream, it is placed on hold by marking it inactive."
    return direction === "sendrecv"
      ? "sendonly"
      : direction === "recvonly"
        ? "inactive"
        : direction;
  }
  if (direction === "inactive") {
    // Both sides were on hold, or there was never anything to send.
    return transceiver.sender.track ? "sendrecv" : "recvonly";
  }
  return direction === "sendonly" ? "sendrecv" : direction;
}

/** The direction in our answer to a direction in an offer. */
function answerDirection(
  offered: RTCRtpTransceiverDirection,
  hold: boolean
): RTCRtpTransceiverDirection {
  // RFC 3264 section 6.1: "If a stream is offered as sendonly, the corresponding stream MUST be
  // marked as recvonly or inactive in the answer. If a media stream is listed as recvonly in the
  // offer, the answer MUST be marked as sendonly or inactive in the answer."
  const receive = !hold && offered.startsWith("send");
  const send = offered.endsWith("recv") || offered === "recvonly";
  return send ? (receive ? "sendrecv" : "sendonly") : receive ? "recvonly" : "inactive";
}

/**
 * The direction offered for a transceiver: that of the media section with its mid, or else the first
 * direction of the whole offer.
 */
function offeredDirection(sdp: string, mid: string | null): RTCRtpTransceiverDirection {
  const [session = "", ...media] = splitSections(sdp);
  const section = mid === null ? undefined : media.find((candidate) => midOf(candidate) === mid);
  // RFC 3264 section 5.1: "it MAY omit it, since sendrecv is the default."
  return section === undefined
    ? (directionIn(sdp) ?? "sendrecv")
    : (directionIn(section) ?? directionIn(session) ?? "sendrecv");
}

function directionIn(section: string): RTCRtpTransceiverDirection | undefined {
  const match = /^a=(sendrecv|sendonly|recvonly|inactive)\s*$/m.exec(section);
  return match?.[1] as RTCRtpTransceiverDirection | undefined;
}
