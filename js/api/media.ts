import type { Body } from "../core/messages/body.js";
import { asError, attempt } from "./attempt.js";
import { ContentTypeUnsupportedError } from "./exceptions/content-type-unsupported.js";
import type {
  BodyAndContentType,
  SessionDescriptionHandler,
  SessionDescriptionHandlerModifier,
  SessionDescriptionHandlerOptions
} from "./session-description-handler.js";

/** What is passed through to a session description handler. */
export type MediaOptions = {
  sessionDescriptionHandlerOptions?: SessionDescriptionHandlerOptions;
  sessionDescriptionHandlerModifiers?: Array<SessionDescriptionHandlerModifier>;
};

/** The local offer, or the answer to the remote offer that was set. */
export function getDescription(
  handler: SessionDescriptionHandler,
  options: MediaOptions
): Promise<Body> {
  return ask(handler, options).then(toBody).catch(fail);
}

/**
 * Applies a remote description. Rejected with a `ContentTypeUnsupportedError` if the handler does not
 * know its type.
 */
export function setDescription(
  handler: SessionDescriptionHandler,
  description: Body,
  options: MediaOptions
): Promise<void> {
  return apply(handler, description, options).then(undefined, fail);
}

/** Applies a remote offer and gets the answer. */
export function setOfferAndGetAnswer(
  handler: SessionDescriptionHandler,
  offer: Body,
  options: MediaOptions
): Promise<Body> {
  return setOfferAndAsk(handler, offer, options).then(toBody).catch(fail);
}

/** The same, with the answer and the errors as the handler has them. */
export function setOfferAndAsk(
  handler: SessionDescriptionHandler,
  offer: Body,
  options: MediaOptions
): Promise<BodyAndContentType> {
  return apply(handler, offer, options).then(() => ask(handler, options));
}

/** Withdraws the offer that is pending, if the handler can. */
export function rollBack(handler: SessionDescriptionHandler): Promise<void> {
  return attempt(() => handler.rollbackDescription?.() ?? Promise.resolve()).then(undefined, fail);
}

function ask(handler: SessionDescriptionHandler, options: MediaOptions) {
  return attempt(() =>
    handler.getDescription(
      options.sessionDescriptionHandlerOptions,
      options.sessionDescriptionHandlerModifiers
    )
  );
}

function apply(
  handler: SessionDescriptionHandler,
  description: Body,
  options: MediaOptions
): Promise<void> {
  return attempt(() => {
    if (!handler.hasDescription(description.contentType)) {
      throw new ContentTypeUnsupportedError();
    }
    return handler.setDescription(
      description.content,
      options.sessionDescriptionHandlerOptions,
      options.sessionDescriptionHandlerModifiers
    );
  });
}

/** What a handler has described, as a part of a message. */
export function toBody({ body, contentType }: BodyAndContentType): Body {
  return { contentDisposition: "session", contentType, content: body };
}

/** Whatever was rejected with becomes an `Error`. */
function fail(error: unknown): never {
  throw asError(error);
}
