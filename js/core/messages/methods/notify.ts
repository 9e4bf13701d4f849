import type { IncomingRequest } from "../incoming-request.js";
import type { IncomingResponse } from "../incoming-response.js";
import type { OutgoingRequest } from "../outgoing-request.js";

/** A NOTIFY that came in. */
export type IncomingNotifyRequest = IncomingRequest;

/** A response to a NOTIFY. */
export type IncomingNotifyResponse = IncomingResponse;

/** A NOTIFY on its way out. */
export type OutgoingNotifyRequest = OutgoingRequest;
