import type { IncomingRequest } from "../incoming-request.js";
import type { IncomingResponse } from "../incoming-response.js";
import type { OutgoingRequest } from "../outgoing-request.js";

/** A REGISTER that came in. */
export type IncomingRegisterRequest = IncomingRequest;

/** A response to a REGISTER. */
export type IncomingRegisterResponse = IncomingResponse;

/** A REGISTER on its way out. */
export type OutgoingRegisterRequest = OutgoingRequest;
