import type { IncomingRequest } from "../incoming-request.js";
import type { IncomingResponse } from "../incoming-response.js";
import type { OutgoingRequest } from "../outgoing-request.js";

/** An INFO that came in. */
export type IncomingInfoRequest = IncomingRequest;

/** A response to an INFO. */
export type IncomingInfoResponse = IncomingResponse;

/** An INFO on its way out. */
export type OutgoingInfoRequest = OutgoingRequest;
