import type { SessionDialog } from "../core/dialogs/session-dialog.js";
import type { OutgoingByeRequest } from "../core/messages/methods/bye.js";

/**
 * Ends a dialog once the ACK to our 2xx has come. Until then nothing else that comes in within the
 * dialog is of interest.
 * @param dialog - The dialog.
 * @param send - Sends the BYE.
 * @returns A promise of the BYE. If no ACK comes the core has sent one of its own, and nobody is told of
 * its responses. Rejected with an `Error` if the peer ends the session before.
 */
export function byeAfterAck(
  dialog: SessionDialog,
  send: () => OutgoingByeRequest
): Promise<OutgoingByeRequest> {
  return new Promise((resolve, reject) => {
    const { delegate } = dialog;
    dialog.delegate = {
      onAck: () => {
        try {
          resolve(send());
        } catch (error) {
          reject(error);
        }
      },
      onAckTimeout: () =>
        resolve({
          message: dialog.createOutgoingRequestMessage("BYE"),
          dispose: () => undefined
        } as OutgoingByeRequest),
      onBye: (request) => {
        delegate?.onBye?.(request);
        reject(new Error("The peer has ended the session."));
      }
    };
  });
}
