import { createRandomToken } from "../core/messages/utils.js";
import type { Contact } from "../core/user-agent-core/user-agent-core-configuration.js";
import { copyOf } from "../engine/text.js";
import { URI } from "../grammar/uri.js";
import type { UserAgent } from "./user-agent.js";

/**
 * Where a user agent can be reached.
 * @param userAgent - The user agent, which has its options.
 */
export function makeContact(userAgent: UserAgent): Contact {
  const { _options: options } = userAgent;
  const { contactName, contactParams, instanceIdAlwaysAdded, viaHost } = options;
  // What was given may be changed.
  const params = Object.hasOwn(options, "contactParams") ? { ...contactParams } : contactParams;
  return new OwnContact(
    contactName || createRandomToken(8),
    viaHost,
    params,
    instanceIdAlwaysAdded ? `;+sip.instance="<urn:uuid:${userAgent.instanceId}>"` : ""
  );
}

class OwnContact implements Contact {
  pubGruu: URI | undefined = undefined;
  tempGruu: URI | undefined = undefined;

  /** The URI once somebody has asked for it, who may change it; before that its text. */
  private made: URI | undefined;
  private text: string;
  /** What was said last, with "ob" and without: not to be kept once more by each who asks. */
  private outbound = "";
  private said = "";

  constructor(
    private user: string,
    private host: string,
    private params: { [name: string]: string },
    private instance: string
  ) {
    this.text = copyOf(this.make().toString());
  }

  get uri(): URI {
    return (this.made ??= this.make());
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

  private make(): URI {
    return new URI("sip", this.user, this.host, undefined, this.params);
  }
}
