import type { IncomingRequest } from "../incoming-request.js";
import type { IncomingResponse } from "../incoming-response.js";
import type { OutgoingRequest } from "../outgoing-request.js";

/** A BYE that came in. */
export interface IncomingByeRequest extends IncomingRequest {}

/** A response to a BYE. */
export interface IncomingByeResponse extends IncomingResponse {}

/** A BYE on its way out. */
export interface OutgoingByeRequest extends OutgoingRequest {}
