import type { IncomingRequest } from "../incoming-request.js";
import type { IncomingResponse } from "../incoming-response.js";
import type { OutgoingRequest } from "../outgoing-request.js";

/** A PUBLISH that came in. */
export interface IncomingPublishRequest extends IncomingRequest {}

/** A response to a PUBLISH. */
export interface IncomingPublishResponse extends IncomingResponse {}

/** A PUBLISH on its way out. */
export interface OutgoingPublishRequest extends OutgoingRequest {}
