/** The event log at the foot of the page. */
import type { Entry, Log } from "../log.js";
import { byId, make, say } from "./dom.js";

const signs = { note: "•", error: "!", sent: "→", received: "←" };
const names = { note: "Note", error: "Error", sent: "Sent", received: "Received" };

/** Shows what a log has, and what is added to it. */
export function showLog(log: Log): void {
  const list = byId("log-entries");
  log.onEntry = (entry) => {
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    list.append(row(entry));
    if (list.childElementCount > 500) list.firstElementChild?.remove();
    if (atEnd) list.scrollTop = list.scrollHeight;
    say(byId("log-last"), entry.summary);
  };
  log.entries.forEach(log.onEntry);
  byId("log").addEventListener("toggle", () => (list.scrollTop = list.scrollHeight));
}

function row({ at, kind, summary, text }: Entry): HTMLElement {
  const time = at.toLocaleTimeString([], { hour12: false });
  const sign = make("span", { class: "sign", "aria-label": names[kind] }, signs[kind]);
  const line = [make("time", {}, time), sign, make("span", {}, summary)];
  const content = text
    ? make("details", {}, make("summary", {}, ...line), make("pre", { tabindex: "0" }, text))
    : make("div", {}, ...line);
  return make("li", { "data-kind": kind }, content);
}
