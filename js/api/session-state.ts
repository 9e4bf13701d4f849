/**
 * State of a {@link Session}.
 *
 * ```txt
 *                   ___________________________________________________________
 *                  |  ____________________________________________             |
 *                  | |            ____________________________    |            |
 * Session          | |           |                            v   v            v
 * Constructed -> Initial -> Establishing -> Established -> Terminating -> Terminated
 *                                |               |___________________________^   ^
 *                                |_______________________________________________|
 * ```
 */
export enum SessionState {
  /** Of an `Inviter`: not sent yet. Of an `Invitation`: not answered yet. */
  Initial = "Initial",
  /** Of an `Inviter`: sent, no final response yet. Of an `Invitation`: about to be accepted. */
  Establishing = "Establishing",
  /** A 2xx has been sent, or has come in and been acknowledged. */
  Established = "Established",
  /**
   * Of an `Inviter`: cancelled, the final response is being waited for. Of an `Invitation`: to be ended
   * by a BYE as soon as the ACK has come.
   */
  Terminating = "Terminating",
  /** It is over: refused, cancelled, failed, or ended by a BYE. */
  Terminated = "Terminated"
}
