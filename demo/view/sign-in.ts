/** Choosing a user, or entering one. */
import type { Account, Settings } from "../settings.js";
import { showTrouble, avatar, byId, make, say, show } from "./dom.js";
import type { Trouble } from "../words.js";

export class SignInView {
  private readonly form = byId<HTMLFormElement>("sign-in-form");

  constructor(
    accounts: Account[],
    private readonly signIn: (settings: Settings) => void
  ) {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      signIn(this.entered());
    });
    const choices = accounts.map((account) => {
      const click = () => this.choose(account);
      return make("button", { type: "button", click }, avatar(account.name), account.name);
    });
    show(byId("accounts"), choices.length > 0);
    byId("accounts").replaceChildren(...choices);
  }

  fill(settings: Settings): void {
    for (const [name, value] of Object.entries(settings)) this.field(name).value = value;
  }

  /** Shows what failed, and how far an attempt is that is under way. */
  render(trouble: Trouble | undefined, attempt: "connecting" | "registering" | undefined): void {
    showTrouble("sign-in-trouble", trouble);
    const button = this.form.querySelector("button") as HTMLButtonElement;
    button.disabled = attempt !== undefined;
    const words = { connecting: "Connecting…", registering: "Connected, registering…" };
    say(button, attempt ? words[attempt] : "Sign in");
  }

  private choose({ user, password }: Account): void {
    this.fill({ ...this.entered(), user, password });
    this.signIn(this.entered());
  }

  private entered(): Settings {
    const value = (name: string) => this.field(name).value.trim();
    const [user, server, realm] = [value("user"), value("server"), value("realm")];
    return { user, server, realm, password: this.field("password").value };
  }

  private field(name: string): HTMLInputElement {
    return this.form.elements.namedItem(name) as HTMLInputElement;
  }
}
