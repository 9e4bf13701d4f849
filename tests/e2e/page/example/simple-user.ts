import { Web } from "sip.js";
import { userAgentOptions, type Display, type Settings, type Telephone } from "./settings.js";

/** Calls by way of SIP.js's simple user, who has all it takes but for one step of connecting. */
export class SimpleTelephone extends Web.SimpleUser implements Telephone {
  constructor(settings: Settings, { audio, show }: Display) {
    super(settings.server, {
      aor: `sip:${settings.user}@${settings.domain}`,
      media: { constraints: { audio: true, video: false }, remote: { audio } },
      reconnectionDelay: 1,
      userAgentOptions: userAgentOptions(settings)
    });
    this.delegate = {
      onCallAnswered: () => show("talking"),
      onCallReceived: () => show("ringing"),
      onCallHangup: () => show("ended"),
      onCallHold: (held) => show(held ? "on hold" : "off hold"),
      onCallDTMFReceived: (tone) => show(`tone: ${tone}`),
      onMessageReceived: (message) => show(`message: ${message}`),
      onRegistered: () => show("registered"),
      onUnregistered: () => show("unregistered"),
      onServerConnect: () => show("connected"),
      onServerDisconnect: () => show("disconnected")
    };
  }

  override async connect(): Promise<void> {
    await super.connect();
    await this.register();
  }
}
