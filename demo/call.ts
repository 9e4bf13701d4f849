/** One call: what it is doing, and what can be done with it. */
import {
  Inviter,
  SessionState,
  type Invitation,
  type Notification,
  type Session,
  type URI,
  type Web
} from "sipwasm";
import { callTrouble, Refusal, refusalTrouble, type Trouble } from "./words.js";

export type Phase = "calling" | "ringing" | "incoming" | "connecting" | "active" | "ended";

/** Whom one talks to. */
export interface Peer {
  name: string;
  /** user@domain */
  address: string;
}

type Handler = Web.SessionDescriptionHandler;
type Answer = { message: { statusCode?: number; reasonPhrase?: string } };

export class Call {
  phase: Phase;
  muted = false;
  cameraOff = false;
  heldHere = false;
  heldThere = false;
  /** A re-INVITE for hold or resume is on its way. */
  changingHold = false;
  /** Digits sent so far. */
  tones = "";
  /** What the transfer is at; undefined if there is none. */
  transfer: string | undefined;
  /** When it was answered, in milliseconds since the epoch. */
  since: number | undefined;
  /** Seconds that were talked, once it ended. */
  duration = 0;
  /** How it ended. */
  outcome = "";
  /** Why it failed, or why the last thing that was tried in it failed. */
  trouble: Trouble | undefined;

  constructor(
    readonly session: Session,
    readonly peer: Peer,
    /** With video, as far as this side or an offer from the other wants it. */
    readonly video: boolean,
    private readonly onChange: (call: Call) => void
  ) {
    this.phase = session instanceof Inviter ? "calling" : "incoming";
    session.stateChange.addListener((state) => this.sessionChanged(state));
    session.delegate = {
      onBye: (bye) => {
        void bye.accept();
        this.outcome = `${peer.name} hung up`;
      },
      onCancel: () => {
        this.outcome = `Missed call from ${peer.name}`;
      },
      onInvite: (request) => this.remoteChanged(request.body),
      onSessionDescriptionHandler: (handler) => this.watchMedia(handler as Handler)
    };
  }

  get localStream(): MediaStream | undefined {
    return this.handler?.localMediaStream;
  }

  get remoteStream(): MediaStream | undefined {
    return this.handler?.remoteMediaStream;
  }

  /** Places the call. Failure shows in `phase` and `trouble`. */
  async place(): Promise<void> {
    const requestDelegate = {
      onProgress: (response: Answer) => {
        if (this.phase === "calling" && response.message.statusCode === 180) this.enter("ringing");
      },
      onReject: ({ message }: Answer) => this.refused(message.statusCode ?? 0, message.reasonPhrase)
    };
    try {
      await (this.session as Inviter).invite({ requestDelegate, ...this.media(this.video) });
    } catch (error) {
      this.failed(error);
    }
  }

  /** Answers, with or without the camera. */
  async answer(withVideo: boolean): Promise<void> {
    this.enter("connecting");
    try {
      await (this.session as Invitation).accept(this.media(withVideo && this.video));
    } catch (error) {
      this.failed(error);
    }
  }

  /** Ends the call in whatever way its state asks for. */
  async hangUp(): Promise<void> {
    const { session } = this;
    this.outcome ||= this.phase === "incoming" ? "Declined" : "You hung up";
    try {
      if (session.state === SessionState.Established) await session.bye();
      else if (session instanceof Inviter) await session.cancel();
      else await (session as Invitation).reject({ statusCode: 603 });
    } catch (error) {
      this.failed(error);
    }
  }

  /** Puts the peer on hold, or takes him back. */
  async toggleHold(): Promise<void> {
    const hold = !this.heldHere;
    this.changingHold = true;
    this.session.sessionDescriptionHandlerOptionsReInvite = { hold } as object;
    const finish = (heldHere: boolean, trouble?: Trouble) => {
      Object.assign(this, { heldHere, trouble, changingHold: false });
      this.session.sessionDescriptionHandlerOptionsReInvite = { hold: heldHere } as object;
      this.applyTracks();
    };
    const requestDelegate = {
      onAccept: () => finish(hold),
      onReject: ({ message }: Answer) =>
        finish(
          !hold,
          refusalTrouble(message.statusCode ?? 0, message.reasonPhrase ?? "", this.peer.name)
        )
    };
    this.onChange(this);
    try {
      await this.session.invite({ requestDelegate });
    } catch (error) {
      finish(!hold, callTrouble(error, this.peer.name));
    }
  }

  toggleMute(): void {
    this.muted = !this.muted;
    this.applyTracks();
  }

  toggleCamera(): void {
    this.cameraOff = !this.cameraOff;
    this.applyTracks();
  }

  /** Sends one digit. */
  sendTone(tone: string): void {
    const sent = this.handler?.sendDtmf(tone) ?? false;
    if (sent) this.tones += tone;
    else this.trouble = { title: "The digit was not sent", text: "This call carries no tones." };
    this.onChange(this);
  }

  /** Sends the peer on to somebody else, and hangs up once that one has answered. */
  async transferTo(target: URI, name: string): Promise<void> {
    this.report(`Transferring to ${name}…`);
    const notAccepted = (error: unknown) => {
      this.transfer = undefined;
      this.trouble = callTrouble(error, this.peer.name);
      this.onChange(this);
    };
    const requestDelegate = {
      onReject: ({ message }: Answer) =>
        notAccepted(new Refusal(message.statusCode ?? 0, message.reasonPhrase))
    };
    const onNotify = (notification: Notification) => {
      void notification.accept();
      this.transferProgressed(notification.request.body, name);
    };
    await this.session.refer(target, { requestDelegate, onNotify }).catch(notAccepted);
  }

  /** Says that the peer's transfer of this call is under way. */
  report(transfer: string | undefined): void {
    this.transfer = transfer;
    this.trouble = undefined;
    this.onChange(this);
  }

  /** Takes away the message about what failed. */
  dismissTrouble(): void {
    this.trouble = undefined;
    this.onChange(this);
  }

  private get handler(): Handler | undefined {
    return this.session.sessionDescriptionHandler as Handler | undefined;
  }

  private media(video: boolean): { sessionDescriptionHandlerOptions: object } {
    return { sessionDescriptionHandlerOptions: { constraints: { audio: true, video } } };
  }

  // RFC 3515 section 2.4.4: the body of the NOTIFY is a SIP status line, of type message/sipfrag.
  private transferProgressed(fragment: string, name: string): void {
    const [, status = "0", reason = ""] = /^SIP\/2\.0 (\d{3}) ?(.*)/.exec(fragment) ?? [];
    if (status.startsWith("1")) {
      if (status !== "100") this.report(`${name}’s phone is ringing…`);
    } else if (status.startsWith("2")) {
      this.outcome = `Transferred to ${name}`;
      if (this.session.state === SessionState.Established) void this.hangUp();
    } else {
      this.report(undefined);
      this.trouble = refusalTrouble(Number(status), reason.trim(), name);
      this.onChange(this);
    }
  }

  private sessionChanged(state: SessionState): void {
    if (state === SessionState.Established) {
      this.since = Date.now();
      this.enter("active");
    } else if (state === SessionState.Terminated) {
      this.end();
    }
  }

  private end(): void {
    if (this.phase === "ended") return;
    if (this.since !== undefined) this.duration = Math.round((Date.now() - this.since) / 1000);
    this.outcome ||=
      this.phase === "incoming" ? `Missed call from ${this.peer.name}` : "Call ended";
    this.transfer = undefined;
    this.enter("ended");
  }

  private refused(status: number, reason = ""): void {
    if (status === 487) this.outcome ||= "Call cancelled";
    else this.trouble = refusalTrouble(status, reason, this.peer.name);
    this.onChange(this);
  }

  private failed(error: unknown): void {
    if (this.phase !== "ended" || this.outcome === "Call ended") {
      this.trouble ??= callTrouble(error, this.peer.name);
    }
    if (this.session.state === SessionState.Terminated) this.end();
    else if (this.phase === "connecting") void this.hangUp();
    this.onChange(this);
  }

  private remoteChanged(sdp: string): void {
    if (!/^m=/m.test(sdp)) return;
    this.heldThere = /^a=(sendonly|inactive)\r?$/m.test(sdp);
    this.onChange(this);
  }

  private applyTracks(): void {
    this.localStream?.getAudioTracks().forEach((track) => {
      track.enabled = !this.muted && !this.heldHere;
    });
    this.localStream?.getVideoTracks().forEach((track) => {
      track.enabled = !this.cameraOff && !this.heldHere;
    });
    this.onChange(this);
  }

  private watchMedia(handler: Handler): void {
    const changed = () => this.onChange(this);
    for (const stream of [handler.localMediaStream, handler.remoteMediaStream]) {
      stream.addEventListener("addtrack", (event) => {
        for (const type of ["mute", "unmute", "ended"]) event.track.addEventListener(type, changed);
        changed();
      });
      stream.addEventListener("removetrack", changed);
    }
  }

  private enter(phase: Phase): void {
    this.phase = phase;
    this.onChange(this);
  }
}
