import { SessionDescriptionHandlerError } from "../../../api/exceptions/session-description-handler.js";
import { midOf, splitSections } from "../modifiers/sections.js";

/**
 * The direction of a transceiver in an offer of ours.
 * @param transceiver - The transceiver as it stands.
 * @param hold - Whether the peer is to be on hold.
 */
export function offerDirection(
  { direction, sender }: RTCRtpTransceiver,
  hold: boolean
): RTCRtpTransceiverDirection {
  // RFC 3264 section 8.4: "If the stream to be placed on hold was previously a sendrecv media
  // stream, it is placed on hold by marking it as sendonly. If the stream to be placed on hold
  // was previously a recvonly media stream, it is placed on hold by marking it inactive."
  // What is inactive otherwise: both sides were on hold, or there was never anything to send.
  const resumes = !hold && direction === "inactive" && !!sender.track;
  return directionOf(resumes || direction.startsWith("send"), !hold);
}

/**
 * The direction of a transceiver in our answer.
 * @param transceiver - The transceiver as it stands.
 * @param hold - Whether the peer is to be on hold.
 * @param offer - The offer.
 * @throws SessionDescriptionHandlerError if there is none.
 */
export function answerDirection(
  { mid }: RTCRtpTransceiver,
  hold: boolean,
  offer: RTCSessionDescription | null
): RTCRtpTransceiverDirection {
  if (!offer?.sdp) {
    throw new SessionDescriptionHandlerError("No remote offer");
  }
  const [session, ...media] = splitSections(offer.sdp);
  // RFC 3264 section 5.1: "it MAY omit it, since sendrecv is the default."
  const offered =
    directionIn(media.find((section) => midOf(section) === mid) ?? offer.sdp) ??
    directionIn(session) ??
    "sendrecv";
  // RFC 3264 section 6.1: "If a stream is offered as sendonly, the corresponding stream MUST be
  // marked as recvonly or inactive in the answer. If a media stream is listed as recvonly in the
  // offer, the answer MUST be marked as sendonly or inactive in the answer."
  return directionOf(offered.includes("recv"), !hold && offered.startsWith("send"));
}

function directionOf(send: boolean, receive: boolean): RTCRtpTransceiverDirection {
  return send ? (receive ? "sendrecv" : "sendonly") : receive ? "recvonly" : "inactive";
}

/** The direction that some lines of SDP name first, undefined if they name none. */
export function directionIn(section: string): string | undefined {
  return /^a=(sendrecv|sendonly|recvonly|inactive)\s*$/m.exec(section)?.[1];
}
