// An application written for SIP.js. It is built twice from this source, with either package, and
// tests/e2e/example.spec.ts expects the same of both.
import { AudioCall } from "./audio-call.js";
import { ManagerTelephone } from "./session-manager.js";
import { SimpleTelephone } from "./simple-user.js";
import type { Display, Settings, Telephone } from "./settings.js";

declare const settings: Settings & { kind: keyof typeof kinds };

const kinds: { [name: string]: new (settings: Settings, display: Display) => Telephone } = {
  "audio call": AudioCall,
  SessionManager: ManagerTelephone,
  SimpleUser: SimpleTelephone
};

document.addEventListener("DOMContentLoaded", () => {
  document.body.innerHTML = `
    <audio></audio>
    <input aria-label="destination"><input aria-label="text">
    <nav></nav>
    <ol></ol>`;
  const find = <T extends Element>(selector: string): T => document.querySelector<T>(selector)!;
  const audio = find<HTMLAudioElement>("audio");
  const show = (what: string): void => {
    const line = document.createElement("li");
    line.textContent = what;
    find("ol").append(line);
  };
  const telephone = new kinds[settings.kind]!(settings, { audio, show });
  const value = (name: string): string => find<HTMLInputElement>(`[aria-label=${name}]`).value;
  const actions: { [name: string]: () => Promise<void> | void } = {
    connect: () => telephone.connect(),
    disconnect: () => telephone.disconnect(),
    call: () => telephone.call(value("destination")),
    answer: () => telephone.answer(),
    decline: () => telephone.decline(),
    "hang up": () => telephone.hangup(),
    hold: () => telephone.hold(),
    unhold: () => telephone.unhold(),
    mute: () => telephone.mute(),
    unmute: () => telephone.unmute(),
    tone: () => telephone.sendDTMF(value("text")),
    message: () => telephone.message(value("destination"), value("text"))
  };
  for (const [name, action] of Object.entries(actions)) {
    const button = document.createElement("button");
    button.textContent = name;
    button.onclick = async () => {
      try {
        await action();
      } catch (error) {
        show(`${name} failed: ${(error as Error).message}`);
      }
    };
    find("nav").append(button);
  }
});
