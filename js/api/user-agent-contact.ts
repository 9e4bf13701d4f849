import { createRandomToken } from "../core/messages/utils.js";
import type { Contact } from "../core/user-agent-core/user-agent-core-configuration.js";
import { URI } from "../grammar/uri.js";
import type { UserAgentOptions } from "./user-agent-options.js";

/**
 * Where a user agent can be reached.
 * @param options - The options of the user agent.
 * @param instanceId - The UUID of the device.
 */
export function makeContact(options: Required<UserAgentOptions>, instanceId: string): Contact {
  const { contactName, contactParams, instanceIdAlwaysAdded, viaHost } = options;
  const user = contactName || createRandomToken(8);
  return new OwnContact(
    new URI("sip", user, viaHost, undefined, contactParams),
    instanceIdAlwaysAdded ? `;+sip.instance="<urn:uuid:${instanceId}>"` : ""
  );
}

class OwnContact implements Contact {
  pubGruu: URI | undefined = undefined;
  tempGruu: URI | undefined = undefined;

  /** What was said last, with "ob" and without: not to be kept once more by each who asks. */
  private texts: string[] = [];

  constructor(
    public uri: URI,
    private instance: string
  ) {}

  toString(choice: { anonymous?: boolean; outbound?: boolean; register?: boolean } = {}): string {
    const { pubGruu, tempGruu, uri, instance } = this;
    const shown = choice.anonymous
      ? (tempGruu ??
        `sip:anonymous@anonymous.invalid;transport=${uri.getParam("transport") ?? "ws"}`)
      : (!choice.register && pubGruu) || uri;
    const text = `<${shown.toString()}${choice.outbound ? ";ob" : ""}>${instance}`;
    const { texts } = this;
    const place = choice.outbound ? 1 : 0;
    return texts[place] === text ? texts[place] : (texts[place] = text);
  }
}
