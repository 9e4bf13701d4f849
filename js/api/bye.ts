import type { IncomingByeRequest } from "../core/messages/methods/bye.js";
import { Answerable } from "./answerable.js";

/** A BYE that came in: it ends a `Session`. */
export class Bye extends Answerable {
  /**
   * @param request - The request.
   * @internal
   */
  constructor(request: IncomingByeRequest) {
    super(request);
  }
}
