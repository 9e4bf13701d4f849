import type { Session } from "sip.js";
import { SessionManager, type SessionManagerOptions } from "sip.js/lib/platform/web/index.js";
import { userAgentOptions, type Display, type Settings, type Telephone } from "./settings.js";

/** Calls by way of SIP.js's manager of sessions, imported from a path of its own. */
export class ManagerTelephone implements Telephone {
  private readonly manager: SessionManager;
  private session: Session | undefined;

  constructor(settings: Settings, { audio, show }: Display) {
    const options: SessionManagerOptions = {
      aor: `sip:${settings.user}@${settings.domain}`,
      delegate: {
        onCallAnswered: () => show("talking"),
        onCallCreated: (session) => (this.session = session),
        onCallReceived: () => show("ringing"),
        onCallHangup: () => show("ended"),
        onCallHold: (_session, held) => show(held ? "on hold" : "off hold"),
        onCallDTMFReceived: (_session, tone) => show(`tone: ${tone}`),
        onMessageReceived: (message) => show(`message: ${message.request.body}`),
        onRegistered: () => show("registered"),
        onUnregistered: () => show("unregistered"),
        onServerConnect: () => show("connected"),
        onServerDisconnect: () => show("disconnected")
      },
      media: { remote: { audio } },
      reconnectionDelay: 1,
      userAgentOptions: userAgentOptions(settings)
    };
    this.manager = new SessionManager(settings.server, options);
  }

  async connect(): Promise<void> {
    await this.manager.connect();
    await this.manager.register();
  }

  disconnect(): Promise<void> {
    return this.manager.disconnect();
  }

  async call(destination: string): Promise<void> {
    await this.manager.call(destination);
  }

  answer(): Promise<void> {
    return this.manager.answer(this.session!);
  }

  decline(): Promise<void> {
    return this.manager.decline(this.session!);
  }

  hangup(): Promise<void> {
    return this.manager.hangup(this.session!);
  }

  hold(): Promise<void> {
    return this.manager.hold(this.session!);
  }

  unhold(): Promise<void> {
    return this.manager.unhold(this.session!);
  }

  mute(): void {
    this.manager.mute(this.session!);
  }

  unmute(): void {
    this.manager.unmute(this.session!);
  }

  sendDTMF(tone: string): Promise<void> {
    return this.manager.sendDTMF(this.session!, tone);
  }

  message(destination: string, text: string): Promise<void> {
    return this.manager.message(destination, text);
  }
}
