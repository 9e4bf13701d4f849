import type { IncomingInfoRequest } from "../core/messages/methods/info.js";
import { Answerable } from "./answerable.js";

/** An INFO that came in. */
export class Info extends Answerable {
  /**
   * @param request - The request.
   * @internal
   */
  constructor(request: IncomingInfoRequest) {
    super(request);
  }
}
