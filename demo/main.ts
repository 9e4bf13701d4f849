/** The page: signs in, then shows a phone. */
import { Log } from "./log.js";
import { Phone } from "./phone.js";
import { Ringer } from "./ringer.js";
import { isComplete, loadConfig, readSettings, type Account, type Settings } from "./settings.js";
import { ChatView } from "./view/chat.js";
import { byId, show } from "./view/dom.js";
import { LadderView } from "./view/ladder.js";
import { showLog } from "./view/log-panel.js";
import { PeopleView } from "./view/people.js";
import { SignInView } from "./view/sign-in.js";
import { StageView } from "./view/stage.js";
import { TopView } from "./view/top.js";

const log = new Log();
const ringer = new Ringer();

async function main(): Promise<void> {
  showLog(log);
  const config = await loadConfig();
  const accounts = config.accounts ?? [];
  const signIn = new SignInView(accounts, (settings) => begin(settings, accounts, signIn));
  const settings = readSettings(config);
  signIn.fill(settings);
  showView("sign-in");
  for (const tab of document.querySelectorAll<HTMLElement>(".tabs [data-tab]")) {
    tab.onclick = () => showTab(tab.dataset["tab"] ?? "phone");
  }
  showTab("phone");
  if (isComplete(settings)) begin(settings, accounts, signIn);
}

/** Signs in; shows the phone once it is connected, and the form again when it is signed out. */
function begin(settings: Settings, accounts: Account[], signIn: SignInView): void {
  let render = () => {};
  let phone: Phone;
  try {
    phone = new Phone(settings, log, () => render());
  } catch (error) {
    const text = "Check the user, the domain and the server.";
    return signIn.render({ title: (error as Error).message, text }, undefined);
  }
  const chat = new ChatView(phone);
  const write = (peer: Parameters<ChatView["show"]>[0]) => {
    showTab("chat");
    chat.show(peer);
  };
  const views = [
    new TopView(phone),
    new PeopleView(phone, accounts, write),
    new StageView(phone, ringer, accounts),
    new LadderView(phone),
    chat
  ];
  const ticker = setInterval(() => render(), 1_000);
  let wasCalling = false;
  render = () => {
    const { line } = phone;
    const isOut = line.state === "failed" || line.state === "signed-out";
    const coming =
      line.state === "connecting" || line.state === "registering" ? line.state : undefined;
    if (isOut) clearInterval(ticker);
    signIn.render(line.trouble, coming);
    showView(isOut || coming ? "sign-in" : "phone");
    views.forEach((view) => view.render(phone));
    const isCalling = phone.call !== undefined;
    if (isCalling && !wasCalling) showTab("phone");
    wasCalling = isCalling;
  };
  byId("sign-out").onclick = () => void phone.line.signOut();
  addEventListener("pagehide", () => void phone.line.userAgent.stop().catch(() => {}));
  void phone.line.signIn();
}

function showView(view: "sign-in" | "phone"): void {
  if (document.body.dataset["view"] === view && document.body.dataset["ready"]) return;
  document.body.dataset["view"] = view;
  document.body.dataset["ready"] = "true";
  for (const element of document.querySelectorAll<HTMLElement>("[data-in]")) {
    show(element, element.dataset["in"] === view);
  }
}

function showTab(tab: string): void {
  document.body.dataset["tab"] = tab;
  if (tab === "log") byId<HTMLDetailsElement>("log").open = true;
  for (const button of document.querySelectorAll<HTMLElement>(".tabs [data-tab]")) {
    if (button.dataset["tab"] === tab) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
  }
}

void main();
