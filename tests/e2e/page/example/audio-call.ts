import {
  Invitation,
  Inviter,
  Messager,
  Registerer,
  RegistererState,
  SessionState,
  UserAgent,
  type Info,
  type Session,
  type SessionInviteOptions,
  type URI,
  type Web
} from "sip.js";
import { userAgentOptions, type Display, type Settings, type Telephone } from "./settings.js";

/** Audio calls with the classes of the API. */
export class AudioCall implements Telephone {
  private readonly userAgent: UserAgent;
  private readonly registerer: Registerer;
  private session: Session | undefined;

  constructor(
    settings: Settings,
    private readonly display: Display
  ) {
    this.userAgent = new UserAgent({
      ...userAgentOptions(settings),
      uri: this.address(`sip:${settings.user}@${settings.domain}`),
      delegate: {
        onConnect: () => display.show("connected"),
        onDisconnect: () => display.show("disconnected"),
        onInvite: (invitation) => {
          this.watch(invitation);
          display.show("ringing");
        },
        onMessage: (message) => {
          void message.accept();
          display.show(`message: ${message.request.body}`);
        }
      }
    });
    this.registerer = new Registerer(this.userAgent);
    this.registerer.stateChange.addListener((state) => {
      if (state === RegistererState.Registered) display.show("registered");
      if (state === RegistererState.Unregistered) display.show("unregistered");
    });
  }

  async connect(): Promise<void> {
    await this.userAgent.start();
    await this.registerer.register();
  }

  disconnect(): Promise<void> {
    return this.userAgent.stop();
  }

  async call(destination: string): Promise<void> {
    const inviter = new Inviter(this.userAgent, this.address(destination), {
      sessionDescriptionHandlerOptions: { constraints: { audio: true, video: false } }
    });
    this.watch(inviter);
    await inviter.invite();
  }

  answer(): Promise<void> {
    return this.invitation().accept({
      sessionDescriptionHandlerOptions: { constraints: { audio: true, video: false } }
    });
  }

  decline(): Promise<void> {
    return this.invitation().reject();
  }

  async hangup(): Promise<void> {
    const session = this.current();
    switch (session.state) {
      case SessionState.Established:
        await session.bye();
        break;
      case SessionState.Initial:
      case SessionState.Establishing:
        await (session instanceof Inviter ? session.cancel() : this.decline());
    }
  }

  hold(): Promise<void> {
    return this.setHold(true);
  }

  unhold(): Promise<void> {
    return this.setHold(false);
  }

  mute(): void {
    this.enableAudio(false);
  }

  unmute(): void {
    this.enableAudio(true);
  }

  async sendDTMF(tone: string): Promise<void> {
    await this.current().info({
      requestOptions: {
        body: {
          contentDisposition: "render",
          contentType: "application/dtmf-relay",
          content: `Signal=${tone}\r\nDuration=1000`
        }
      }
    });
  }

  message(destination: string, text: string): Promise<void> {
    return new Messager(this.userAgent, this.address(destination), text).message();
  }

  private watch(session: Session): void {
    this.session = session;
    session.delegate = { onInfo: (info) => this.receiveInfo(info) };
    session.stateChange.addListener((state) => {
      if (state === SessionState.Established) {
        this.display.audio.srcObject = this.handler().remoteMediaStream;
        this.display.audio.play().catch((error: Error) => this.display.show(error.message));
        this.display.show("talking");
      } else if (state === SessionState.Terminated) {
        this.display.audio.srcObject = null;
        this.session = undefined;
        this.display.show("ended");
      }
    });
  }

  private receiveInfo(info: Info): void {
    const tone = /^Signal=(.)/.exec(info.request.body)?.[1];
    void (tone ? info.accept() : info.reject());
    this.display.show(`tone: ${tone}`);
  }

  private async setHold(hold: boolean): Promise<void> {
    const sessionDescriptionHandlerOptions: Web.SessionDescriptionHandlerOptions = { hold };
    const options: SessionInviteOptions = {
      requestDelegate: {
        onAccept: () => {
          this.enableAudio(!hold);
          this.display.show(hold ? "on hold" : "off hold");
        }
      },
      sessionDescriptionHandlerOptions
    };
    await this.current().invite(options);
  }

  private enableAudio(enable: boolean): void {
    this.handler().enableSenderTracks(enable);
  }

  private handler(): Web.SessionDescriptionHandler {
    return this.current().sessionDescriptionHandler as Web.SessionDescriptionHandler;
  }

  private current(): Session {
    if (!this.session) throw new Error("no call");
    return this.session;
  }

  private invitation(): Invitation {
    const session = this.current();
    if (!(session instanceof Invitation)) throw new Error("no invitation");
    return session;
  }

  private address(text: string): URI {
    const address = UserAgent.makeURI(text);
    if (!address) throw new Error(`${text} is no address`);
    return address;
  }
}
