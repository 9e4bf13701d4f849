/** The configuration of the peer connection unless the application has its own. */
export function defaultPeerConnectionConfiguration(): RTCConfiguration {
  return {
    bundlePolicy: "balanced",
    iceCandidatePoolSize: 0,
    iceServers: [{ urls: "stun:stun.l.google.com:19302" }],
    iceTransportPolicy: "all",
    rtcpMuxPolicy: "require"
  };
}
