/** The call, large. */
import type { Call } from "../call.js";
import type { Phone } from "../phone.js";
import type { Ringer } from "../ringer.js";
import type { Account } from "../settings.js";
import { Controls, type Action } from "./controls.js";
import { byId, clock, make, paintAvatar, say, show, showTrouble } from "./dom.js";

type Panel = "keypad" | "transfer";

const tones = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];

export class StageView {
  private readonly controls = new Controls(byId("controls"), (action) => this.act(action));
  private readonly remote = byId<HTMLVideoElement>("remote");
  private readonly local = byId<HTMLVideoElement>("local");
  private panel: Panel | undefined;
  private shown: Call | undefined;

  constructor(
    private readonly phone: Phone,
    private readonly ringer: Ringer,
    private readonly accounts: Account[]
  ) {
    byId("keys").replaceChildren(...tones.map((tone) => this.key(tone)));
    byId("call-trouble-close").onclick = () => this.phone.call?.dismissTrouble();
    byId<HTMLFormElement>("transfer").onsubmit = (event) => {
      event.preventDefault();
      this.transfer(byId<HTMLInputElement>("transfer-to").value);
    };
    document.onkeydown = (event) => this.typed(event);
  }

  render(): void {
    const { call } = this.phone;
    if (show(byId("idle"), call === undefined)) this.renderIdle();
    document.body.dataset["call"] = call?.phase ?? "none";
    if (call !== this.shown) this.begin(call);
    if (!show(byId("call"), call !== undefined) || call === undefined) return this.hush();
    this.renderWords(call);
    this.renderMedia(call);
    this.renderPanels(call);
    this.controls.render(call, this.panel);
    this.ringer.play(soundOf(call));
  }

  private renderIdle(): void {
    const isReady = this.phone.isReady;
    say(byId("idle-title"), isReady ? "Ready when you are" : "The connection is gone");
    const hint = "Choose somebody to call, or wait for the phone to ring.";
    const wait = "This page tries to get it back. Calls are possible again once it is registered.";
    say(byId("idle-text"), isReady ? hint : wait);
    show(byId("try"), isReady && byId("try-links").childElementCount > 0);
  }

  private begin(call: Call | undefined): void {
    this.shown = call;
    this.panel = undefined;
    this.remote.srcObject = null;
    this.local.srcObject = null;
    if (call) paintAvatar(byId("call-avatar"), call.peer.name);
  }

  private hush(): void {
    this.ringer.play("silence");
    document.title = "Softphone";
  }

  private renderWords(call: Call): void {
    const element = byId("call");
    element.dataset["phase"] = call.phase;
    element.dataset["held"] = String(call.heldHere || call.heldThere);
    say(byId("call-name"), call.peer.name);
    say(byId("call-address"), call.peer.address);
    const text = stateText(call);
    say(byId("call-state"), text);
    say(byId("call-timer"), timerText(call));
    showTrouble("call-trouble", call.trouble);
    document.title =
      call.phase === "incoming"
        ? `☎ ${call.peer.name} is calling`
        : `${call.peer.name}: ${text || "in a call"}`;
  }

  private renderMedia(call: Call): void {
    const { localStream, remoteStream } = call;
    const talks = call.phase === "active";
    if (talks && remoteStream && this.remote.srcObject !== remoteStream)
      this.remote.srcObject = remoteStream;
    if (localStream && this.local.srcObject !== localStream) this.local.srcObject = localStream;
    this.remote.muted = call.heldHere;
    const isHeld = call.heldHere || call.heldThere;
    const seesThem = talks && !isHeld && hasPicture(remoteStream);
    const element = byId("call");
    element.dataset["remote"] = String(seesThem);
    const seesMe = call.phase !== "ended" && !isHeld && !call.cameraOff && hasPicture(localStream);
    element.dataset["local"] = String(seesMe);
  }

  private renderPanels(call: Call): void {
    if (call.phase !== "active" || call.transfer !== undefined) this.panel = undefined;
    if (call.heldHere && this.panel === "keypad") this.panel = undefined;
    show(byId("keypad"), this.panel === "keypad");
    show(byId("transfer"), this.panel === "transfer");
    byId("call").dataset["panel"] = this.panel ?? "";
    say(byId("tones"), call.tones);
  }

  private act(action: Action): void {
    const { call } = this.phone;
    if (call === undefined) return;
    switch (action) {
      case "mute":
        return call.toggleMute();
      case "camera":
        return call.toggleCamera();
      case "hold":
        return void call.toggleHold();
      case "keypad":
      case "transfer":
        return this.toggle(action, call);
      case "hang-up":
        return void call.hangUp();
      case "answer":
        return void call.answer(false);
      case "answer-video":
        return void call.answer(true);
      case "again":
        return this.phone.dial(call.peer.address, call.video);
      case "close":
        return this.phone.dismissCall();
    }
  }

  private toggle(panel: Panel, call: Call): void {
    this.panel = this.panel === panel ? undefined : panel;
    this.render();
    if (this.panel !== "transfer") return;
    const mine = this.phone.settings.user;
    const others = this.accounts.filter(
      ({ user }) => user !== mine && !call.peer.address.startsWith(`${user}@`)
    );
    const chips = others.map(({ user, name }) =>
      make("button", { type: "button", click: () => this.transfer(user) }, name)
    );
    byId("transfer-people").replaceChildren(...chips);
    byId("transfer-to").focus();
  }

  private transfer(to: string): void {
    if (to.trim() === "") return;
    this.phone.transfer(to);
    byId<HTMLInputElement>("transfer-to").value = "";
  }

  private key(tone: string): HTMLElement {
    return make("button", { type: "button", click: () => this.press(tone) }, tone);
  }

  private press(tone: string): void {
    this.ringer.key(tone);
    this.phone.call?.sendTone(tone);
  }

  private typed(event: KeyboardEvent): void {
    if (this.panel === undefined || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") {
      this.panel = undefined;
      this.render();
    } else if (this.panel === "keypad" && tones.includes(event.key)) {
      if (!(event.target instanceof HTMLInputElement)) this.press(event.key);
    }
  }
}

/** What a call is doing, in words; empty while the timer says enough. */
export function stateText(call: Call): string {
  const { peer, video } = call;
  if (call.phase === "ended") return call.trouble ? "Call failed" : call.outcome;
  if (call.transfer !== undefined) return call.transfer;
  switch (call.phase) {
    case "calling":
      return `Calling${video ? " with video" : ""}…`;
    case "ringing":
      return "Ringing…";
    case "incoming":
      return video ? "Incoming video call" : "Incoming call";
    case "connecting":
      return "Connecting…";
    case "active":
      if (call.heldHere) return "On hold";
      return call.heldThere ? `${peer.name} put you on hold` : "";
  }
}

function timerText(call: Call): string {
  if (call.phase === "ended") return call.duration > 0 ? clock(call.duration) : "";
  return call.since === undefined ? "" : clock(Math.floor((Date.now() - call.since) / 1000));
}

function soundOf({ phase }: Call): "ringing" | "ringback" | "silence" {
  if (phase === "incoming") return "ringing";
  return phase === "ringing" ? "ringback" : "silence";
}

function hasPicture(stream: MediaStream | undefined): boolean {
  return (
    stream?.getVideoTracks().some((track) => track.readyState === "live" && !track.muted) ?? false
  );
}
