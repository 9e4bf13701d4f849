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
  const anonymous = new URI("sip", "anonymous", "anonymous.invalid", undefined, {
    transport: contactParams.transport ?? "ws"
  });
  const contact: Contact = {
    pubGruu: undefined,
    tempGruu: undefined,
    uri: new URI("sip", user, viaHost, undefined, contactParams),
    toString: (choice = {}) => {
      const uri = choice.anonymous
        ? (contact.tempGruu ?? anonymous)
        : (!choice.register && contact.pubGruu) || contact.uri;
      const outbound = choice.outbound ? ";ob" : "";
      const instance = instanceIdAlwaysAdded ? `;+sip.instance="<urn:uuid:${instanceId}>"` : "";
      return `<${uri.toString()}${outbound}>${instance}`;
    }
  };
  return contact;
}
