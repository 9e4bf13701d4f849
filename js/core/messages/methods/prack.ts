import type { IncomingRequest } from "../incoming-request.js";
import type { IncomingResponse } from "../incoming-response.js";
import type { OutgoingRequest } from "../outgoing-request.js";

/** A PRACK that came in. */
export interface IncomingPrackRequest extends IncomingRequest {}

/** A response to a PRACK. */
export interface IncomingPrackResponse extends IncomingResponse {}

/** A PRACK on its way out. */
export interface OutgoingPrackRequest extends OutgoingRequest {}
