import type { IncomingRequest } from "../incoming-request.js";
import type { IncomingResponse } from "../incoming-response.js";
import type { OutgoingRequest } from "../outgoing-request.js";

/** A NOTIFY that came in. */
export interface IncomingNotifyRequest extends IncomingRequest {}

/** A response to a NOTIFY. */
export interface IncomingNotifyResponse extends IncomingResponse {}

/** A NOTIFY on its way out. */
export interface OutgoingNotifyRequest extends OutgoingRequest {}
