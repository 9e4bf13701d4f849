import type { IncomingRequest } from "../incoming-request.js";
import type { IncomingResponse } from "../incoming-response.js";
import type { OutgoingRequest } from "../outgoing-request.js";

/** A MESSAGE that came in. */
export interface IncomingMessageRequest extends IncomingRequest {}

/** A response to a MESSAGE. */
export interface IncomingMessageResponse extends IncomingResponse {}

/** A MESSAGE on its way out. */
export interface OutgoingMessageRequest extends OutgoingRequest {}
