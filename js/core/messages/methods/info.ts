import type { IncomingRequest } from "../incoming-request.js";
import type { IncomingResponse } from "../incoming-response.js";
import type { OutgoingRequest } from "../outgoing-request.js";

/** An INFO that came in. */
export interface IncomingInfoRequest extends IncomingRequest {}

/** A response to an INFO. */
export interface IncomingInfoResponse extends IncomingResponse {}

/** An INFO on its way out. */
export interface OutgoingInfoRequest extends OutgoingRequest {}
