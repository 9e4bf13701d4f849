/** The phone: a line, at most one call that is shown, and conversations. */
import {
  Inviter,
  Messager,
  SessionState,
  UserAgent,
  type Invitation,
  type Message,
  type NameAddrHeader,
  type Referral,
  type URI
} from "sipwasm";
import { Call, type Peer } from "./call.js";
import { Line } from "./line.js";
import type { Log } from "./log.js";
import type { Settings } from "./settings.js";
import { refusalTrouble, type Trouble } from "./words.js";

export interface Text {
  mine: boolean;
  text: string;
  at: Date;
  state: "sending" | "delivered" | "failed" | "received";
  /** Why it failed. */
  why?: string;
}

export interface Conversation {
  peer: Peer;
  texts: Text[];
  unread: number;
}

export class Phone {
  readonly line: Line;
  /** The call on the stage. */
  call: Call | undefined;
  /** Newest first. */
  conversations: Conversation[] = [];
  /** A failure that belongs to no call. */
  notice: Trouble | undefined;

  constructor(
    readonly settings: Settings,
    private readonly log: Log,
    private readonly onChange: () => void
  ) {
    this.line = new Line(settings, log, onChange);
    this.line.userAgent.delegate = {
      onInvite: (invitation) => this.ring(invitation),
      onMessage: (message) => this.receiveText(message)
    };
  }

  get isReady(): boolean {
    return this.line.state === "registered";
  }

  /** Calls somebody: a name of this domain, or an address. */
  dial(text: string, video: boolean): void {
    const target = this.target(text);
    if (target === undefined || this.isBusy()) return;
    const inviter = new Inviter(this.line.userAgent, target);
    this.show(new Call(inviter, peerOf(target), video, (call) => this.callChanged(call)));
    this.log.note(`Calling ${target.aor}${video ? " with video" : ""}`);
    void this.call?.place();
  }

  /** Transfers the call on the stage. */
  transfer(text: string): void {
    const target = this.target(text);
    if (target === undefined || this.call?.phase !== "active") return;
    void this.call.transferTo(target, peerOf(target).name);
  }

  /** Sends a text message. */
  async sendText(peer: Peer, text: string): Promise<void> {
    const target = this.target(peer.address);
    if (target === undefined) return;
    const item: Text = { mine: true, text, at: new Date(), state: "sending" };
    this.conversation(peer).texts.push(item);
    const fail = (why: string) => Object.assign(item, { state: "failed", why });
    const requestDelegate = {
      onAccept: () => {
        item.state = "delivered";
        this.onChange();
      },
      onReject: ({ message }: { message: { statusCode?: number; reasonPhrase?: string } }) => {
        const { statusCode = 0, reasonPhrase = "" } = message;
        fail(refusalTrouble(statusCode, reasonPhrase, peer.name).title);
        this.onChange();
      }
    };
    this.onChange();
    try {
      await new Messager(this.line.userAgent, target, text).message({ requestDelegate });
    } catch (error) {
      fail((error as Error).message);
      this.onChange();
    }
  }

  /** The conversation with a peer, brought to the top of the list. */
  conversation(peer: Peer): Conversation {
    const known = this.conversations.find((other) => other.peer.address === peer.address);
    const conversation = known ?? { peer, texts: [], unread: 0 };
    const others = this.conversations.filter((other) => other !== conversation);
    this.conversations = [conversation, ...others];
    return conversation;
  }

  /** The peer that an entry in a text field means. */
  peer(text: string): Peer | undefined {
    const target = this.target(text);
    return target && peerOf(target);
  }

  /** Clears the stage of a call that ended. */
  dismissCall(): void {
    if (this.call?.phase !== "ended") return;
    this.call = undefined;
    this.onChange();
  }

  dismissNotice(): void {
    this.notice = undefined;
    this.onChange();
  }

  private target(text: string): URI | undefined {
    const address = text.trim().replace(/^sips?:/i, "");
    const full = address.includes("@") ? address : `${address}@${this.settings.realm}`;
    const uri = address === "" ? undefined : UserAgent.makeURI(`sip:${full}`);
    this.notice = uri
      ? undefined
      : {
          title: `“${text.trim()}” is no address`,
          text: "Enter a name such as bob, or an address such as bob@example.com."
        };
    this.onChange();
    return uri;
  }

  private isBusy(): boolean {
    return this.call !== undefined && this.call.phase !== "ended";
  }

  private ring(invitation: Invitation): void {
    const peer = peerOf(invitation.remoteIdentity);
    if (this.isBusy()) {
      this.log.note(`${peer.name} called while you were in a call`);
      void invitation.reject({ statusCode: 486 });
      return;
    }
    const video = /^m=video [1-9]/m.test(invitation.body ?? "");
    this.log.note(`${peer.name} is calling${video ? " with video" : ""}`);
    this.show(new Call(invitation, peer, video, (call) => this.callChanged(call)));
  }

  private show(call: Call): void {
    this.call = call;
    const { delegate } = call.session;
    call.session.delegate = { ...delegate, onRefer: (referral) => this.follow(call, referral) };
    this.onChange();
  }

  /** The peer sends us on to somebody else: call that one, and fall back if he does not answer. */
  private follow(old: Call, referral: Referral): void {
    const target = referral.referTo.uri;
    const peer = peerOf(target);
    this.log.note(`${old.peer.name} transfers you to ${peer.name}`);
    const options = {
      sessionDescriptionHandlerOptions: { constraints: { audio: true, video: old.video } }
    };
    void referral.accept().then(() => {
      const inviter = referral.makeInviter(options);
      const next = new Call(inviter, peer, old.video, (call) => {
        const isStranded = call.phase === "ended" && call.since === undefined;
        if (isStranded && old.session.state === SessionState.Established) {
          this.call = old;
          old.trouble = call.trouble;
        }
        this.callChanged(call);
      });
      this.show(next);
      next.transfer = `${old.peer.name} transfers you to ${peer.name}`;
      void next.place();
    });
  }

  private callChanged(call: Call): void {
    if (call.phase === "active" && call.transfer?.includes("transfers you")) {
      call.transfer = undefined;
    }
    if (call.trouble !== undefined) this.log.error(call.trouble.title);
    if (call.phase === "ended") this.log.note(`${call.peer.name}: ${call.outcome}`);
    this.onChange();
  }

  private receiveText(message: Message): void {
    void message.accept();
    const conversation = this.conversation(peerOf(message.request.from));
    conversation.unread++;
    const { body } = message.request;
    conversation.texts.push({ mine: false, text: body, at: new Date(), state: "received" });
    this.onChange();
  }
}

/** The name to show for somebody: the display name, or the user part with a capital. */
function peerOf(whom: URI | NameAddrHeader): Peer {
  const uri = "uri" in whom ? whom.uri : whom;
  const user = decodeURIComponent(uri.user ?? "");
  const display = "uri" in whom ? whom.displayName : "";
  const name = display || user.charAt(0).toUpperCase() + user.slice(1) || uri.host;
  return { name, address: `${user}@${uri.host}` };
}
