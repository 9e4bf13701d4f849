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
    return `<${shown.toString()}${choice.outbound ? ";ob" : ""}>${instance}`;
  }
}
