import { Exception } from "../../core/exceptions/exception.js";

/** A body has a content type that nothing here can handle. */
export class ContentTypeUnsupportedError extends Exception {
  constructor(message?: string) {
    super(message || "Unsupported content type.");
  }
}
