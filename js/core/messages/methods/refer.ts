import type { IncomingRequest } from "../incoming-request.js";
import type { IncomingResponse } from "../incoming-response.js";
import type { OutgoingRequest } from "../outgoing-request.js";

/** A REFER that came in. */
export type IncomingReferRequest = IncomingRequest;

/** A response to a REFER. */
export type IncomingReferResponse = IncomingResponse;

/** A REFER on its way out. */
export type OutgoingReferRequest = OutgoingRequest;
