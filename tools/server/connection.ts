/** One WebSocket of the embedded server, as the registrar and the proxy see it. */
export interface Connection {
  /** The peer's IP address. */
  readonly address: string;
  readonly isOpen: boolean;
  /** Sends one SIP message; does nothing once the socket is closed. */
  send(text: string): void;
}
