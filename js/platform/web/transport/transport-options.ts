/** Options of the WebSocket {@link Transport}. */
export interface TransportOptions {
  /** URL of the WebSocket server, for example "wss://sip.example.com/ws". */
  server: string;

  /**
   * Seconds to wait for the connection to open before giving up.
   * @defaultValue `5`
   */
  connectionTimeout?: number;

  /**
   * Seconds between CRLF keep-alives (RFC 5626 section 3.5.1); each interval is drawn from 80 to
   * 100 % of it. None are sent if zero.
   * @defaultValue `0`
   */
  keepAliveInterval?: number;

  /**
   * Seconds during which an unanswered keep-alive is not followed by another one.
   * @defaultValue `10`
   */
  keepAliveDebounce?: number;

  /**
   * If true, messages sent and received are logged.
   * @defaultValue `true`
   */
  traceSip?: boolean;

  /**
   * If true, the digest of the password is in that log as it was sent, as in SIP.js. From it a
   * password can be guessed; "NOT SHOWN" stands there otherwise.
   * @defaultValue `false`
   */
  traceCredentials?: boolean;
}
