import type { URI } from "../grammar/uri.js";
import type { OutgoingRequestMessage } from "../core/messages/outgoing-request-message.js";
import { requireURI } from "./addresses.js";
import type { MessagerMessageOptions } from "./messager-message-options.js";
import type { MessagerOptions } from "./messager-options.js";
import type { UserAgent } from "./user-agent.js";

/** A messager sends a MESSAGE outside of any dialog (RFC 3428). */
export class Messager {
  private request: OutgoingRequestMessage;

  /**
   * @param userAgent - The user agent.
   * @param targetURI - Whom it is for.
   * @param content - What to say.
   * @param contentType - The type of `content`. Default "text/plain".
   * @param options - The options.
   * @throws TypeError if an address is none.
   */
  constructor(
    private userAgent: UserAgent,
    targetURI: URI,
    content: string,
    contentType = "text/plain",
    options: MessagerOptions = {}
  ) {
    const { params = {} } = options;
    const { configuration, userAgentCore } = userAgent;
    const fromURI = requireURI(params.fromUri ?? configuration.uri, "from");
    const toURI = requireURI(params.toUri ?? targetURI, "to");
    this.request = userAgentCore.makeOutgoingRequestMessage(
      "MESSAGE",
      requireURI(targetURI, "target"),
      fromURI,
      toURI,
      {
        fromDisplayName: params.fromDisplayName ?? configuration.displayName,
        fromTag: params.fromTag,
        toDisplayName: params.toDisplayName
      },
      options.extraHeaders,
      { contentDisposition: "render", contentType, content }
    );
  }

  /**
   * Sends the MESSAGE.
   * @param options - The options.
   * @returns A promise resolved once it has been sent; `requestDelegate` tells what became of it. It is
   * rejected with a `TypeError` if a value cannot be sent.
   */
  async message(options: MessagerMessageOptions = {}): Promise<void> {
    this.request.extraHeaders.push(...(options.requestOptions?.extraHeaders ?? []));
    this.userAgent.userAgentCore.message(this.request, options.requestDelegate);
  }
}
