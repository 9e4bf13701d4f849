import type { URI } from "../../grammar/uri.js";

/** What a dialog knows (RFC 3261 section 12). */
export interface DialogState {
  /** Call-ID, local tag and remote tag, one after the other. */
  id: string;
  /** Whether no 2xx has come or gone yet. */
  early: boolean;
  /** The Call-ID. */
  callId: string;
  /** Our tag. */
  localTag: string;
  /** The peer's tag. */
  remoteTag: string;
  /** The sequence number of the last request sent, undefined before the first. */
  localSequenceNumber: number | undefined;
  /** The sequence number of the last request received, undefined before the first. */
  remoteSequenceNumber: number | undefined;
  /** Our address: From or To of the request that made it. */
  localURI: URI;
  /** The peer's address. */
  remoteURI: URI;
  /** Where requests go: the peer's contact. */
  remoteTarget: URI;
  /** The proxies that requests pass, as values of Route. */
  routeSet: Array<string>;
  /** Whether the peers demand TLS on each hop. */
  secure: boolean;
}
