import { Exception } from "./exception.js";

/** A message could not be handed to the network (RFC 3261 section 18.4). */
export class TransportError extends Exception {
  constructor(message?: string) {
    super(message || "Unspecified transport error.");
  }
}
