import type { IncomingRequest } from "../incoming-request.js";
import type { IncomingResponse } from "../incoming-response.js";
import type { OutgoingRequest } from "../outgoing-request.js";

/** A MESSAGE that came in. */
export type IncomingMessageRequest = IncomingRequest;

/** A response to a MESSAGE. */
export type IncomingMessageResponse = IncomingResponse;

/** A MESSAGE on its way out. */
export type OutgoingMessageRequest = OutgoingRequest;
