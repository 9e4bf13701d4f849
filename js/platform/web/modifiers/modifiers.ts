import type { SessionDescriptionHandlerModifier } from "../../../api/session-description-handler.js";
import { directionIn } from "../session-description-handler/direction.js";
import {
  appendAttribute,
  dropWords,
  midOf,
  removeCodec,
  removeLines,
  splitSections
} from "./sections.js";

type Description = RTCSessionDescriptionInit;

/** Changes the text of a description in place. */
function modify(description: Description, change: (sdp: string) => string): Promise<Description> {
  description.sdp = change(description.sdp ?? "");
  return Promise.resolve(description);
}

/** Removes the ICE candidates over TCP. */
export function stripTcpCandidates(description: Description): Promise<Description> {
  return modify(description, (sdp) =>
    removeLines(sdp, (line) => /^a=candidate:\S+ \d+ tcp /i.test(line))
  );
}

/** Removes DTMF as RTP events (RFC 4733). */
export function stripTelephoneEvent(description: Description): Promise<Description> {
  return stripRtpPayload("telephone-event")(description);
}

/** Corrects ranges in the `imageattr` attributes (RFC 6236) of Jitsi: "[0-640]" to "[1:640]". */
export function cleanJitsiSdpImageattr(description: Description): Promise<Description> {
  return modify(description, (sdp) =>
    sdp.replace(/^a=imageattr:.*$/gm, (line) => line.replace(/\b([xy])=\[0-/g, "$1=[1:"))
  );
}

/** Removes the codec G.722. */
export function stripG722(description: Description): Promise<Description> {
  return stripRtpPayload("G722")(description);
}

/**
 * Makes a modifier that removes a codec.
 * @param payload - The name of the codec as in "a=rtpmap:", for example "PCMA".
 */
export function stripRtpPayload(payload: string): SessionDescriptionHandlerModifier {
  return (description) =>
    modify(description, (sdp) =>
      splitSections(sdp)
        .map((section) => removeCodec(section, payload))
        .join("")
    );
}

/** Removes the video sections, and takes them out of their groups (RFC 5888). */
export function stripVideo(description: Description): Promise<Description> {
  return modify(description, (sdp) => {
    const sections = splitSections(sdp);
    const isVideo = (section: string): boolean => section.startsWith("m=video ");
    const mids = new Set(sections.filter(isVideo).map(midOf));
    const [session = "", ...media] = sections.filter((section) => !isVideo(section));
    return [dropWords(session, /^(a=group:\S+)(.*)$/gm, mids), ...media].join("");
  });
}

/** Numbers the media sections by "a=mid:" lines (RFC 5888) unless there are some already. */
export function addMidLines(description: Description): Promise<Description> {
  return modify(description, (sdp) => {
    const [session = "", ...media] = splitSections(sdp);
    if (media.some((section) => midOf(section) !== undefined)) {
      return sdp;
    }
    const numbered = media.map((section, index) => appendAttribute(section, `mid:${index}`));
    return [session, ...numbered].join("");
  });
}

/**
 * Puts the peer on hold: what was sent and received is now only sent, what was only received is
 * inactive (RFC 3264 section 8.4).
 * @returns A promise of a new description, rejected with an `Error` if there is no text.
 */
export function holdModifier(description: Description): Promise<Description> {
  const { sdp, type } = description;
  if (!sdp) {
    return Promise.reject(new Error("Invalid SDP"));
  }
  const [session = "", ...media] = splitSections(sdp);
  const held = directionIn(sdp)
    ? sdp.replace(/^a=sendrecv\b/gm, "a=sendonly").replace(/^a=recvonly\b/gm, "a=inactive")
    : // RFC 3264 section 5.1: "it MAY omit it, since sendrecv is the default."
      [session, ...media.map((section) => appendAttribute(section, "sendonly"))].join("");
  return Promise.resolve({ sdp: held, type });
}
