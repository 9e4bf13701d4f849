import type { IncomingRequest } from "../incoming-request.js";
import type { IncomingResponse } from "../incoming-response.js";
import type { OutgoingRequest } from "../outgoing-request.js";

/** A BYE that came in. */
export type IncomingByeRequest = IncomingRequest;

/** A response to a BYE. */
export type IncomingByeResponse = IncomingResponse;

/** A BYE on its way out. */
export type OutgoingByeRequest = OutgoingRequest;
