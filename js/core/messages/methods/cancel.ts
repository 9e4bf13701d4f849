import type { IncomingResponse } from "../incoming-response.js";
import type { OutgoingRequest } from "../outgoing-request.js";

/** A response to a CANCEL. */
export type IncomingCancelResponse = IncomingResponse;

/** A CANCEL on its way out. */
export type OutgoingCancelRequest = OutgoingRequest;
