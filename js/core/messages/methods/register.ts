import type { IncomingRequest } from "../incoming-request.js";
import type { IncomingResponse } from "../incoming-response.js";
import type { OutgoingRequest } from "../outgoing-request.js";

/** A REGISTER that came in. */
export interface IncomingRegisterRequest extends IncomingRequest {}

/** A response to a REGISTER. */
export interface IncomingRegisterResponse extends IncomingResponse {}

/** A REGISTER on its way out. */
export interface OutgoingRegisterRequest extends OutgoingRequest {}
