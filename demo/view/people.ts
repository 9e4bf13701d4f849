/** Whom to call: a field for any address, and the people known. */
import type { Peer } from "../call.js";
import type { Phone } from "../phone.js";
import { pageFor, type Account } from "../settings.js";
import { avatar, byId, icon, iconButton, make } from "./dom.js";

export class PeopleView {
  private readonly input = byId<HTMLInputElement>("dial-to");

  constructor(
    private readonly phone: Phone,
    accounts: Account[],
    private readonly write: (peer: Peer) => void
  ) {
    byId<HTMLFormElement>("dial").onsubmit = (event) => {
      event.preventDefault();
      this.dial(false);
    };
    byId("dial-video").onclick = () => this.dial(true);
    const others = accounts.filter(({ user }) => user !== phone.settings.user);
    byId("contacts").replaceChildren(...others.map((account) => this.row(account)));
    byId("try-links").replaceChildren(...others.slice(0, 2).map(openLink));
  }

  render(): void {
    const isFree = this.phone.isReady && (this.phone.call?.phase ?? "ended") === "ended";
    const buttons = document.querySelectorAll<HTMLButtonElement>("#dial button, [data-dials]");
    for (const button of buttons) button.disabled = !isFree;
    const writers = document.querySelectorAll<HTMLButtonElement>("[data-writes]");
    for (const button of writers) button.disabled = !this.phone.isReady;
  }

  private dial(video: boolean): void {
    if (this.input.value.trim() === "") this.input.focus();
    else if (this.phone.isReady) this.phone.dial(this.input.value, video);
  }

  private row({ user, name }: Account): HTMLElement {
    const address = `${user}@${this.phone.settings.realm}`;
    const write = iconButton("chat", `Write to ${name}`, () => this.write({ name, address }));
    const call = iconButton("phone", `Call ${name}`, () => this.phone.dial(user, false));
    const video = iconButton("video", `Video call with ${name}`, () => this.phone.dial(user, true));
    for (const button of [call, video]) button.dataset["dials"] = user;
    write.dataset["writes"] = user;
    const text = make("span", { class: "two" }, make("strong", {}, name), small(address));
    return make("li", {}, avatar(name), text, write, call, video);
  }
}

function small(text: string): HTMLElement {
  return make("span", { class: "dim" }, text);
}

function openLink({ user, name }: Account): HTMLElement {
  const properties = { href: pageFor(user), target: "_blank", class: "button" };
  return make("a", properties, avatar(name), `Open as ${name}`, icon("open"));
}
