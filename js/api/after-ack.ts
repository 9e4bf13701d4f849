import type { SessionDialog } from "../core/dialogs/session-dialog.js";

/**
 * Does something once the ACK to our 2xx has come. Until then nothing else that comes in within the
 * dialog is of interest.
 * @param dialog - The dialog.
 * @param work - What to do.
 * @returns A promise of its result, rejected with an `Error` if the session ends before.
 */
export function afterAck<T>(dialog: SessionDialog, work: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    const { delegate } = dialog;
    dialog.delegate = {
      onAck: () => {
        try {
          resolve(work());
        } catch (error) {
          reject(error);
        }
      },
      onAckTimeout: () => reject(new Error("No ACK came.")),
      onBye: (request) => {
        delegate?.onBye?.(request);
        reject(new Error("The peer has ended the session."));
      }
    };
  });
}
