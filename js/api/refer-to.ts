import { URI } from "../grammar/uri.js";
import type { Session } from "./session.js";

/**
 * The value of Refer-To for a target.
 * @param target - A URI, or a session to be replaced (RFC 3891): that is attended transfer.
 * @throws Error if the session has no dialog.
 */
export function referToValue(target: URI | Session): string {
  if (target instanceof URI) {
    return `<${target.toString()}>`;
  }
  const { dialog } = target;
  if (!dialog) {
    throw new Error("The session is not established.");
  }
  // RFC 3891 section 6.1: the tags are as the one who is to be called sees them.
  const replaces = `${dialog.callId};to-tag=${dialog.remoteTag};from-tag=${dialog.localTag}`;
  const name = target.remoteIdentity.friendlyName;
  return `"${name}" <${dialog.remoteTarget}?Replaces=${encodeURIComponent(replaces)}>`;
}
