/**
 * State of a {@link Transport}.
 *
 * ```txt
 *                 ______________________________
 *                |    ____________              |
 *                v   v            |             |
 * (new) -> Disconnected -> Connecting -> Connected -> Disconnecting
 *                ^            ^    |_____________________^  |  |
 *                |            |_____________________________|  |
 *                |_____________________________________________|
 * ```
 */
export enum TransportState {
  /** `connect()` was called. */
  Connecting = "Connecting",
  /** `connect()` resolved. */
  Connected = "Connected",
  /** `disconnect()` was called. */
  Disconnecting = "Disconnecting",
  /** New, or `connect()` rejected, or `disconnect()` completed, or the connection was lost. */
  Disconnected = "Disconnected"
}
