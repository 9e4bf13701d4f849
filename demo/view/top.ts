/** Who I am, and how the line to the server is. */
import type { Line, LineState } from "../line.js";
import type { Phone } from "../phone.js";
import { byId, paintAvatar, say, show, showTrouble } from "./dom.js";

const words: Record<LineState, string> = {
  "signed-out": "Signed out",
  connecting: "Connecting…",
  registering: "Connected, registering…",
  registered: "Registered",
  reconnecting: "Reconnecting…",
  failed: "Not connected"
};

export class TopView {
  constructor(phone: Phone) {
    const { user, realm } = phone.settings;
    const name = user.charAt(0).toUpperCase() + user.slice(1);
    paintAvatar(byId("me-avatar"), name);
    say(byId("me-name"), name);
    say(byId("me-address"), `${user}@${realm}`);
    byId("retry").onclick = () => phone.line.retryNow();
    byId("notice-close").onclick = () => phone.dismissNotice();
  }

  render(phone: Phone): void {
    byId("status").dataset["state"] = phone.line.state;
    say(byId("status-text"), statusText(phone.line));
    show(byId("retry"), phone.line.nextTryAt !== undefined && secondsLeft(phone.line) > 0);
    showTrouble("notice", phone.notice);
  }
}

function statusText(line: Line): string {
  const left = secondsLeft(line);
  if (line.state !== "reconnecting" || left <= 0) return words[line.state];
  return `Reconnecting in ${left} s`;
}

function secondsLeft({ nextTryAt }: Line): number {
  return nextTryAt === undefined ? 0 : Math.ceil((nextTryAt - Date.now()) / 1000);
}
