// Reads RTCPeerConnection.getStats.

/** What one kind of media has carried so far. */
export interface Flow {
  /** Bytes of RTP payload received. */
  bytesReceived: number;
  /** Bytes of RTP payload sent. */
  bytesSent: number;
  /** Audio only: the energy of what was received (W3C webrtc-stats `totalAudioEnergy`). */
  totalAudioEnergy: number;
  /** Video only: frames of what was received that could be decoded. */
  framesDecoded: number;
}

/** Both kinds; a kind that was never negotiated has zeroes. */
export interface Media {
  audio: Flow;
  video: Flow;
}

/** The figures of a peer connection now. */
export async function mediaOf(connection: RTCPeerConnection): Promise<Media> {
  const media: Media = { audio: nothing(), video: nothing() };
  (await connection.getStats()).forEach((report: Record<string, unknown>) => {
    if (report["kind"] !== "audio" && report["kind"] !== "video") return;
    const flow = media[report["kind"]];
    if (report["type"] === "inbound-rtp") {
      flow.bytesReceived += figure(report["bytesReceived"]);
      flow.totalAudioEnergy += figure(report["totalAudioEnergy"]);
      flow.framesDecoded += figure(report["framesDecoded"]);
    }
    if (report["type"] === "outbound-rtp") flow.bytesSent += figure(report["bytesSent"]);
  });
  return media;
}

function nothing(): Flow {
  return { bytesReceived: 0, bytesSent: 0, totalAudioEnergy: 0, framesDecoded: 0 };
}

function figure(value: unknown): number {
  return typeof value === "number" ? value : 0;
}
