import type { IncomingRequest } from "../incoming-request.js";
import type { IncomingResponse } from "../incoming-response.js";
import type { OutgoingRequest } from "../outgoing-request.js";

/** A CANCEL that came in. */
export interface IncomingCancelRequest extends IncomingRequest {}

/** A response to a CANCEL. */
export interface IncomingCancelResponse extends IncomingResponse {}

/** A CANCEL on its way out. */
export interface OutgoingCancelRequest extends OutgoingRequest {}
