import type { PeerConnectionDelegate } from "./peer-connection-delegate.js";

const EVENTS = [
  "onconnectionstatechange",
  "ondatachannel",
  "onicecandidate",
  "onicecandidateerror",
  "oniceconnectionstatechange",
  "onicegatheringstatechange",
  "onnegotiationneeded",
  "onsignalingstatechange",
  "ontrack"
] as const satisfies ReadonlyArray<keyof PeerConnectionDelegate>;

/**
 * Takes the event handler properties of a peer connection: an event goes first to the handler's own
 * method, if it has one for it, then to the delegate of the moment.
 */
export function delegateEvents(
  peerConnection: RTCPeerConnection,
  delegate: () => PeerConnectionDelegate | undefined,
  own: PeerConnectionDelegate
): void {
  for (const name of EVENTS) {
    const handle = (event: Event): void => {
      own[name]?.(event as never);
      delegate()?.[name]?.(event as never);
    };
    peerConnection[name] = handle;
  }
}
