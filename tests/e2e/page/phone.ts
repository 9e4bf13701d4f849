// A telephone for tests: one page, one user agent, one call at a time. It uses the package's public API only.
import {
  Inviter,
  Messager,
  Registerer,
  RegistererState,
  SessionState,
  UserAgent,
  type Invitation,
  type Message,
  type Notification,
  type Referral,
  type Session
} from "sipwasm";
import * as sip from "sipwasm";
import { leftovers, type Leftovers } from "./instruments.js";
import { Journal, type Entry } from "./journal.js";
import { mediaOf, type Media } from "./media.js";
import { agentOptions, type PhoneSettings } from "./settings.js";
import { answerOf, failure, type Answer, type Failure, type Response } from "./telling.js";

/** What kinds of media a call has. Default: audio alone. */
export interface Kinds {
  audio?: boolean;
  video?: boolean;
}

interface OutgoingRequestDelegate {
  onAccept(response: Response): void;
  onReject(response: Response): void;
}

interface WebHandler {
  peerConnection: RTCPeerConnection | undefined;
  remoteMediaStream: MediaStream;
  sendDtmf(tones: string): boolean;
}

/** The phone. Whatever happens to it is in its journal. */
export class Phone {
  /** The package's log, one message a line. */
  readonly log: string[] = [];
  private readonly journal = new Journal();
  private readonly agent: UserAgent;
  private registerer: Registerer;
  private readonly sessions: Session[] = [];

  constructor(private readonly settings: PhoneSettings) {
    this.agent = new UserAgent(agentOptions(settings, this.log));
    this.agent.delegate = {
      onConnect: () => this.journal.note("connected"),
      onDisconnect: (error) =>
        this.journal.note("disconnected", { error: error && failure(error) }),
      onInvite: (invitation) => this.ring(invitation),
      onMessage: (message) => this.read(message)
    };
    this.agent.transport.stateChange.addListener((state) =>
      this.journal.note("transport", { state })
    );
    this.registerer = this.makeRegisterer();
  }

  // --- The journal

  /** See {@link Journal.take}. */
  take(name: string, detail?: Record<string, unknown>): Promise<Entry> {
    return this.journal.take(name, detail);
  }

  /** How many entries of this name there are. */
  count(name: string): number {
    return this.journal.entries.filter((entry) => entry.name === name).length;
  }

  /** Everything for a person to read after a failure. */
  report(): string {
    const entries = this.journal.entries.map((entry) => JSON.stringify(entry));
    return ["--- journal", ...entries, "--- log", ...this.log].join("\n");
  }

  // --- Connection and registration

  /** Starts the user agent; the error if that fails. */
  start(): Promise<Failure | undefined> {
    return this.agent.start().then(() => undefined, failure);
  }

  /** Stops the user agent. */
  stop(): Promise<void> {
    return this.agent.stop();
  }

  /** Connects again; the error if that fails. */
  reconnect(): Promise<Failure | undefined> {
    return this.agent.reconnect().then(() => undefined, failure);
  }

  /** Registers; resolves with the final answer of the registrar. */
  register(extraHeaders: string[] = []): Promise<Answer> {
    // A user agent that is stopped ends its registerers.
    if (this.registerer.state === RegistererState.Terminated) {
      this.registerer = this.makeRegisterer();
    }
    const requestOptions = { extraHeaders };
    return this.finalAnswer("register", (requestDelegate) =>
      this.registerer.register({ requestDelegate, requestOptions })
    );
  }

  /** Like {@link register}, and resolves with the error if there is one. */
  tryRegister(extraHeaders: string[]): Promise<Failure | undefined> {
    return this.register(extraHeaders).then(() => undefined, failure);
  }

  /** Asks for a registration and does not wait for the answer. */
  async beginRegistering(): Promise<void> {
    await this.registerer.register();
  }

  /** Takes the registration back and waits until that is done. */
  async unregister(): Promise<void> {
    await this.registerer.unregister();
    await this.take("registration", { state: "Unregistered" });
  }

  /** Reconnects as the program of the API overview does, without its pauses: as fast as the server allows. */
  async keepConnected(): Promise<void> {
    const delegate = this.agent.delegate ?? {};
    const again = (): void => {
      this.agent.reconnect().catch(() => setTimeout(again, 200));
    };
    this.agent.delegate = {
      ...delegate,
      onConnect: () => {
        this.journal.note("connected");
        this.registerer.register().catch((error: unknown) => this.note("register failed", error));
      },
      onDisconnect: (error) => {
        this.journal.note("disconnected", { error: error && failure(error) });
        this.registerer
          .unregister()
          .catch((reason: unknown) => this.note("unregister failed", reason));
        if (error) again();
      }
    };
    window.addEventListener("online", again);
  }

  // --- Calls

  /** Calls `target` ("bob", or a whole address); resolves when the INVITE is sent. */
  async call(target: string, kinds: Kinds = {}, extraHeaders: string[] = []): Promise<void> {
    const sessionDescriptionHandlerOptions = { constraints: constraints(kinds) };
    const options = { sessionDescriptionHandlerOptions, extraHeaders };
    await this.send(this.follow(new Inviter(this.agent, this.address(target), options)));
  }

  /** Like {@link call}, and resolves with the error if there is one. */
  tryCall(target: string, kinds?: Kinds, extraHeaders?: string[]): Promise<Failure | undefined> {
    return this.call(target, kinds, extraHeaders).then(() => undefined, failure);
  }

  /** Accepts the call that rings. */
  async accept(kinds: Kinds = {}): Promise<void> {
    await this.invitation().accept({
      sessionDescriptionHandlerOptions: { constraints: constraints(kinds) }
    });
  }

  /** Like {@link accept}, and resolves with the error if there is one. */
  tryAccept(kinds?: Kinds): Promise<Failure | undefined> {
    return this.accept(kinds).then(() => undefined, failure);
  }

  /** Refuses the call that rings. */
  async reject(statusCode: number, reasonPhrase?: string): Promise<void> {
    await this.invitation().reject(
      reasonPhrase === undefined ? { statusCode } : { statusCode, reasonPhrase }
    );
  }

  /** Like {@link reject}, and resolves with the error if there is one. */
  tryReject(statusCode: number, reasonPhrase: string): Promise<Failure | undefined> {
    return this.reject(statusCode, reasonPhrase).then(() => undefined, failure);
  }

  /** Gives up the call that is being made. */
  async cancel(): Promise<void> {
    await (this.session() as Inviter).cancel();
  }

  /** Ends the call. */
  async hangUp(extraHeaders: string[] = []): Promise<void> {
    await this.session().bye({ requestOptions: { extraHeaders } });
  }

  /** Like {@link hangUp}, and resolves with the error if there is one. */
  tryHangUp(extraHeaders: string[]): Promise<Failure | undefined> {
    return this.hangUp(extraHeaders).then(() => undefined, failure);
  }

  /** The state of the newest call. */
  state(): string {
    return this.session().state;
  }

  /** Makes the newest call but `back` the one that the other methods mean. */
  switchBack(back: number): void {
    const index = this.sessions.length - 1 - back;
    this.sessions.push(...this.sessions.splice(index, 1));
  }

  /** Holds the call, or resumes it; resolves when the far end has agreed. */
  hold(hold: boolean): Promise<Answer> {
    const session = this.session();
    session.sessionDescriptionHandlerOptionsReInvite = {
      ...session.sessionDescriptionHandlerOptionsReInvite,
      hold
    } as typeof session.sessionDescriptionHandlerOptionsReInvite;
    return this.finalAnswer("reinvite", (requestDelegate) => session.invite({ requestDelegate }));
  }

  /** Transfers the call to `target` without asking there first. */
  async transfer(target: string): Promise<void> {
    await this.session().refer(this.address(target), {
      requestDelegate: {
        onAccept: (response) => void this.answered("refer accepted", response),
        onReject: (response) => void this.answered("refer rejected", response)
      },
      onNotify: (notification) => this.progressOfTransfer(notification)
    });
  }

  /** Plays tones; resolves when the last has been played. */
  async dial(tones: string): Promise<{ began: boolean; heard: string }> {
    const sender = this.connection()
      .getSenders()
      .find((each) => each.track?.kind === "audio");
    const dtmf = sender?.dtmf;
    if (!dtmf) throw new Error("no DTMF sender");
    let heard = "";
    const done = new Promise<void>((resolve) => {
      dtmf.addEventListener("tonechange", ({ tone }) =>
        tone === "" ? resolve() : (heard += tone)
      );
    });
    const began = this.handler().sendDtmf(tones);
    if (began) await done;
    return { began, heard };
  }

  // --- Messages

  /** Sends a text; resolves with the final answer, or with the error if it could not be sent. */
  say(
    target: string,
    text: string,
    contentType?: string,
    extraHeaders?: string[]
  ): Promise<Answer | Failure> {
    const requestOptions = extraHeaders === undefined ? {} : { extraHeaders };
    return this.finalAnswer("message", (requestDelegate) => {
      const messager = new Messager(this.agent, this.address(target), text, contentType);
      return messager.message({ requestDelegate, requestOptions });
    }).catch(failure);
  }

  // --- Media

  /** What the call's media has carried so far. */
  media(): Promise<Media> {
    return mediaOf(this.connection());
  }

  /** The negotiated direction of each transceiver, as "audio sendrecv". */
  directions(): string[] {
    const transceivers = this.connection().getTransceivers();
    return transceivers.map((each) => `${each.receiver.track.kind} ${each.currentDirection}`);
  }

  /** What the page holds of the browser's media. */
  leftovers(): Leftovers {
    return leftovers();
  }

  private makeRegisterer(): Registerer {
    const registerer = new Registerer(this.agent);
    registerer.stateChange.addListener((state) => this.journal.note("registration", { state }));
    return registerer;
  }

  private address(target: string): sip.URI {
    const text = target.includes(":") ? target : `sip:${target}@${this.settings.domain}`;
    // A program in JavaScript may well pass on what makeURI returned for a target that is none.
    return UserAgent.makeURI(text) as sip.URI;
  }

  private async send(inviter: Inviter): Promise<void> {
    await inviter.invite({
      requestDelegate: {
        onProgress: (response) => void this.answered("progress", response),
        onAccept: (response) => void this.answered("accepted", response),
        onReject: (response) => void this.answered("rejected", response)
      }
    });
  }

  private ring(invitation: Invitation): void {
    this.follow(invitation);
    this.journal.note("ringing", { from: invitation.remoteIdentity.uri.user });
  }

  private follow<S extends Session>(session: S): S {
    const call = this.sessions.push(session);
    session.stateChange.addListener((state) => {
      this.journal.note("session", { call, state });
      if (state === SessionState.Established) play(session);
    });
    session.delegate = {
      onBye: () => this.journal.note("bye", { call }),
      onCancel: () => this.journal.note("cancelled", { call }),
      onRefer: (referral) => void this.obey(referral),
      onInvite: (_request, _response, statusCode) =>
        this.journal.note("reinvited", { call, statusCode })
    };
    return session;
  }

  private async obey(referral: Referral): Promise<void> {
    this.journal.note("referred", { to: referral.referTo.uri.user });
    await referral.accept();
    const options = { sessionDescriptionHandlerOptions: { constraints: constraints({}) } };
    await this.send(this.follow(referral.makeInviter(options)));
  }

  private progressOfTransfer(notification: Notification): void {
    const body = notification.request.body.trim();
    const status = Number(/^SIP\/2\.0 (\d{3})/.exec(body)?.[1]);
    this.journal.note("transfer", { status, body });
    void notification.accept();
  }

  private read(message: Message): void {
    const { body, from } = message.request;
    const contentType = message.request.getHeader("Content-Type");
    this.journal.note("message", { body, contentType, from: from.uri.user });
    void message.accept();
  }

  // Sends a request, and waits for its final answer or for the error that kept it from being sent.
  private finalAnswer(
    request: string,
    send: (requestDelegate: OutgoingRequestDelegate) => Promise<unknown>
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sending = async (): Promise<unknown> =>
        send({
          onAccept: (response) => resolve(this.answered(`${request} accepted`, response)),
          onReject: (response) => resolve(this.answered(`${request} rejected`, response))
        });
      sending().catch(reject);
    });
  }

  private answered(name: string, response: Response): Answer {
    const answer = answerOf(response);
    this.journal.note(name, { ...answer });
    return answer;
  }

  private note(name: string, error: unknown): void {
    this.journal.note(name, { ...failure(error) });
  }

  private session(): Session {
    const session = this.sessions.at(-1);
    if (!session) throw new Error("there is no call");
    return session;
  }

  private invitation(): Invitation {
    return this.session() as Invitation;
  }

  private handler(): WebHandler {
    return handlerOf(this.session());
  }

  private connection(): RTCPeerConnection {
    const connection = this.handler().peerConnection;
    if (!connection) throw new Error("no peer connection");
    return connection;
  }
}

// A browser decodes only what somebody listens to.
function play(session: Session): void {
  const element = document.body.appendChild(document.createElement("video"));
  element.autoplay = true;
  element.srcObject = handlerOf(session).remoteMediaStream;
}

function handlerOf(session: Session): WebHandler {
  return session.sessionDescriptionHandler as unknown as WebHandler;
}

function constraints({ audio = true, video = false }: Kinds): MediaStreamConstraints {
  return { audio, video };
}

declare global {
  interface Window {
    /** The package, for what a test wants to try directly. */
    sip: typeof sip;
    /** The phone of this page. */
    phone: Phone;
    /** Makes {@link phone}. */
    openPhone(settings: PhoneSettings): void;
  }
}

window.sip = sip;
window.openPhone = (settings) => {
  window.phone = new Phone(settings);
};
