/** Text messages: the list of conversations, and one of them open. */
import type { Peer } from "../call.js";
import type { Conversation, Phone, Text } from "../phone.js";
import { avatar, byId, make, paintAvatar, say, show } from "./dom.js";

export class ChatView {
  private open: Peer | undefined;
  private drawn = "";

  constructor(private readonly phone: Phone) {
    byId("thread-back").onclick = () => this.close();
    byId<HTMLFormElement>("compose").onsubmit = (event) => {
      event.preventDefault();
      this.send();
    };
  }

  /** Opens the conversation with somebody. */
  show(peer: Peer): void {
    this.open = peer;
    this.phone.conversation(peer).unread = 0;
    this.render();
    byId("compose-text").focus();
  }

  render(): void {
    const { open } = this;
    show(byId("thread"), open !== undefined);
    show(byId("chat-list-view"), open === undefined);
    if (open) this.renderThread(this.conversation(open));
    this.renderList();
    const unread = this.phone.conversations.reduce((sum, { unread }) => sum + unread, 0);
    show(byId("unread"), unread > 0);
    say(byId("unread"), String(unread));
  }

  private close(): void {
    this.open = undefined;
    this.drawn = "";
    this.render();
  }

  private send(): void {
    const input = byId<HTMLInputElement>("compose-text");
    const text = input.value.trim();
    if (text === "" || this.open === undefined || !this.phone.isReady) return;
    input.value = "";
    void this.phone.sendText(this.open, text);
  }

  private conversation(peer: Peer): Conversation {
    const all = this.phone.conversations;
    const found = all.find((other) => other.peer.address === peer.address);
    return found ?? this.phone.conversation(peer);
  }

  private renderThread(conversation: Conversation): void {
    const { peer, texts } = conversation;
    if (byId("thread").offsetParent !== null) conversation.unread = 0;
    say(byId("thread-name"), peer.name);
    paintAvatar(byId("thread-avatar"), peer.name);
    const state = `${peer.address} ${texts.map((text) => text.state).join()}`;
    if (state === this.drawn) return;
    this.drawn = state;
    const list = byId("texts");
    list.replaceChildren(...texts.map((text) => bubble(text)));
    list.scrollTop = list.scrollHeight;
  }

  private renderList(): void {
    const spoken = this.phone.conversations.filter(({ texts }) => texts.length > 0);
    show(byId("chat-empty"), spoken.length === 0);
    byId("chat-list").replaceChildren(...spoken.map((conversation) => this.row(conversation)));
  }

  private row({ peer, texts, unread }: Conversation): HTMLElement {
    const last = texts.at(-1);
    const line = make("span", { class: "dim" }, `${last?.mine ? "You: " : ""}${last?.text ?? ""}`);
    const words = make("span", { class: "two" }, make("strong", {}, peer.name), line);
    const badge = unread > 0 ? [make("span", { class: "badge" }, String(unread))] : [];
    const click = () => this.show(peer);
    return make(
      "li",
      {},
      make("button", { type: "button", click }, avatar(peer.name), words, ...badge)
    );
  }
}

function bubble({ mine, text, at, state, why }: Text): HTMLElement {
  const time = at.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const notes = {
    sending: "sending…",
    delivered: "delivered",
    failed: `not sent: ${why}`,
    received: ""
  };
  const note = make("small", {}, [time, notes[state]].filter((part) => part !== "").join(" · "));
  return make("li", { class: mine ? "mine" : "", "data-state": state }, make("p", {}, text), note);
}
