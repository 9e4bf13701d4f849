import type { IncomingRequest } from "../incoming-request.js";
import type { IncomingResponse } from "../incoming-response.js";
import type { OutgoingRequest } from "../outgoing-request.js";

/** A REFER that came in. */
export interface IncomingReferRequest extends IncomingRequest {}

/** A response to a REFER. */
export interface IncomingReferResponse extends IncomingResponse {}

/** A REFER on its way out. */
export interface OutgoingReferRequest extends OutgoingRequest {}
