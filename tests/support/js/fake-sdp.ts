type Direction = RTCRtpTransceiverDirection;

/** What a fake peer connection knows of a media section. */
export interface FakeSection {
  readonly media: "audio" | "video" | "application";
  readonly mid: string;
  readonly direction: Direction;
}

const FORMATS = {
  audio: [
    "m=audio 9 UDP/TLS/RTP/SAVPF 111 0 126",
    "a=rtpmap:111 opus/48000/2",
    "a=rtpmap:0 PCMU/8000",
    "a=rtpmap:126 telephone-event/8000"
  ],
  video: ["m=video 9 UDP/TLS/RTP/SAVPF 96", "a=rtpmap:96 VP8/90000"],
  application: ["m=application 9 UDP/DTLS/SCTP webrtc-datachannel", "a=sctp-port:5000"]
};

/** Writes a session description of some sections. */
export function writeSdp(version: number, sections: FakeSection[]): string {
  const lines = ["v=0", `o=- 1 ${version} IN IP4 127.0.0.1`, "s=-", "t=0 0"];
  if (sections.length > 0) {
    lines.push(`a=group:BUNDLE ${sections.map(({ mid }) => mid).join(" ")}`);
  }
  for (const { media, mid, direction } of sections) {
    const [m = "", ...attributes] = FORMATS[media];
    lines.push(m, "c=IN IP4 0.0.0.0", ...attributes, `a=mid:${mid}`);
    if (media !== "application") {
      lines.push(`a=${direction}`);
    }
  }
  return lines.map((line) => `${line}\r\n`).join("");
}

/**
 * Reads the sections of a session description.
 * @throws DOMException "OperationError" if it is none.
 */
export function readSections(sdp: string): FakeSection[] {
  if (!sdp.startsWith("v=0")) {
    throw new DOMException("Failed to parse SessionDescription.", "OperationError");
  }
  const [session = "", ...media] = sdp.split(/^(?=m=)/m);
  return media.map((section, index) => ({
    media: (/^m=(\w+)/.exec(section)?.[1] ?? "audio") as FakeSection["media"],
    mid: /^a=mid:(\S+)/m.exec(section)?.[1] ?? String(index),
    direction: direction(section) ?? direction(session) ?? "sendrecv"
  }));
}

/** The same stream as the other side sees it. */
export function reverse(direction: Direction): Direction {
  switch (direction) {
    case "sendonly":
      return "recvonly";
    case "recvonly":
      return "sendonly";
    default:
      return direction;
  }
}

function direction(section: string): Direction | undefined {
  return /^a=(sendrecv|sendonly|recvonly|inactive)\s*$/m.exec(section)?.[1] as
    Direction | undefined;
}
