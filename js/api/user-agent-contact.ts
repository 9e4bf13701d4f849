import { createRandomToken } from "../core/messages/utils.js";
import type { Contact } from "../core/user-agent-core/user-agent-core-configuration.js";
import { copyOf } from "../engine/text.js";
import { Grammar } from "../grammar/grammar.js";
import { URI } from "../grammar/uri.js";
import type { UserAgent } from "./user-agent.js";

/**
 * Where a user agent can be reached.
 * @param userAgent - The user agent, which has its options.
 */
export function makeContact(userAgent: UserAgent): Contact {
  const { contactName, contactParams, instanceIdAlwaysAdded, viaHost } = userAgent._options;
  const user = contactName || createRandomToken(8);
  return new OwnContact(
    copyOf(new URI("sip", user, viaHost, undefined, contactParams).toString()),
    instanceIdAlwaysAdded ? `;+sip.instance="<urn:uuid:${userAgent.instanceId}>"` : ""
  );
}

class OwnContact implements Contact {
  pubGruu: URI | undefined = undefined;
  tempGruu: URI | undefined = undefined;

  /** The URI once somebody has asked for it, who may change it. */
  private made: URI | undefined;
  /** What was said last, with "ob" and without: not to be kept once more by each who asks. */
  private outbound = "";
  private said = "";

  constructor(
    private text: string,
    private instance: string
  ) {}

  get uri(): URI {
    return (this.made ??= Grammar.URIParse(this.text)!);
  }

  set uri(uri: URI) {
    this.made = uri;
  }

  toString(choice: { anonymous?: boolean; outbound?: boolean; register?: boolean } = {}): string {
    const { pubGruu, tempGruu, instance } = this;
    const shown = choice.anonymous
      ? (tempGruu ??
        `sip:anonymous@anonymous.invalid;transport=${this.uri.getParam("transport") ?? "ws"}`)
      : (!choice.register && pubGruu) || this.made || this.text;
    const text = `<${shown.toString()}${choice.outbound ? ";ob" : ""}>${instance}`;
    if (choice.outbound) {
      return this.outbound === text ? this.outbound : (this.outbound = text);
    }
    return this.said === text ? this.said : (this.said = text);
  }
}
