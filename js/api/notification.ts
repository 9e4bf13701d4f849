import type { IncomingNotifyRequest } from "../core/messages/methods/notify.js";
import { Answerable } from "./answerable.js";

/** A NOTIFY that came in. */
export class Notification extends Answerable {
  /**
   * @param request - The request.
   * @internal
   */
  constructor(request: IncomingNotifyRequest) {
    super(request);
  }
}
