import type { Dialog } from "../dialogs/dialog.js";
import type { OutgoingRequestDelegate, RequestOptions } from "../messages/outgoing-request.js";
import { NonInviteClientTransaction } from "../transactions/non-invite-client-transaction.js";
import type { UserAgentClient } from "./user-agent-client.js";

/** What the constructor of a client takes for a request within a dialog. */
export function within(
  dialog: Dialog,
  method: string,
  delegate: OutgoingRequestDelegate | undefined,
  options: RequestOptions | undefined
): ConstructorParameters<typeof UserAgentClient> {
  const message = dialog.createOutgoingRequestMessage(method, options);
  return [NonInviteClientTransaction, dialog.userAgentCore, message, delegate];
}
