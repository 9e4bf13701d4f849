/** Which buttons fit the state of a call, and what each says. */
import type { Call } from "../call.js";
import { icon, make, say } from "./dom.js";

export type Action =
  | "mute"
  | "camera"
  | "hold"
  | "keypad"
  | "transfer"
  | "hang-up"
  | "answer"
  | "answer-video"
  | "again"
  | "close";

/** The buttons of a call in this state, in order. */
export function actionsOf(call: Call): Action[] {
  switch (call.phase) {
    case "calling":
    case "ringing":
    case "connecting":
      return ["hang-up"];
    case "incoming":
      return call.video ? ["hang-up", "answer", "answer-video"] : ["hang-up", "answer"];
    case "active":
      return activeActions(call);
    case "ended":
      return ["again", "close"];
  }
}

function activeActions(call: Call): Action[] {
  if (call.transfer !== undefined) return ["hang-up"];
  if (call.heldHere) return ["hold", "transfer", "hang-up"];
  const hasCamera = (call.localStream?.getVideoTracks().length ?? 0) > 0;
  return [
    "mute",
    ...(hasCamera ? (["camera"] as const) : []),
    "hold",
    "keypad",
    "transfer",
    "hang-up"
  ];
}

interface Face {
  icon: string;
  text: string;
  /** Whether the button is a switch that is on. */
  on?: boolean;
  kind?: "good" | "bad";
}

/** What a button shows. */
export function faceOf(action: Action, call: Call, open: string | undefined): Face {
  switch (action) {
    case "mute":
      return {
        icon: call.muted ? "mic-off" : "mic",
        text: call.muted ? "Unmute" : "Mute",
        on: call.muted
      };
    case "camera": {
      const text = call.cameraOff ? "Camera on" : "Camera off";
      return { icon: call.cameraOff ? "video-off" : "video", text, on: call.cameraOff };
    }
    case "hold":
      return call.heldHere
        ? { icon: "play", text: "Resume", kind: "good" }
        : { icon: "pause", text: "Hold" };
    case "keypad":
      return { icon: "keypad", text: "Keypad", on: open === "keypad" };
    case "transfer":
      return { icon: "transfer", text: "Transfer", on: open === "transfer" };
    case "hang-up":
      return { icon: "phone", text: hangUpWords[call.phase] ?? "Hang up", kind: "bad" };
    case "answer":
      return { icon: "phone", text: call.video ? "Audio only" : "Answer", kind: "good" };
    case "answer-video":
      return { icon: "video", text: "Answer", kind: "good" };
    case "again":
      return { icon: "phone", text: "Call again", kind: "good" };
    case "close":
      return { icon: "close", text: "Close" };
  }
}

const hangUpWords: Partial<Record<Call["phase"], string>> = {
  calling: "Cancel",
  ringing: "Cancel",
  connecting: "Cancel",
  incoming: "Decline"
};

/** A row of round buttons that is made anew only where it changed, so that focus is kept. */
export class Controls {
  private readonly buttons = new Map<Action, HTMLButtonElement>();

  constructor(
    private readonly row: HTMLElement,
    private readonly act: (action: Action) => void
  ) {}

  render(call: Call, open: string | undefined): void {
    const actions = actionsOf(call);
    const wanted = actions.map((action) => this.button(action));
    const present = [...this.row.children];
    if (wanted.length !== present.length || wanted.some((button, i) => button !== present[i])) {
      this.row.replaceChildren(...wanted);
    }
    for (const action of actions) this.paint(action, faceOf(action, call, open));
    this.button("hold").disabled = call.changingHold;
  }

  private button(action: Action): HTMLButtonElement {
    const known = this.buttons.get(action);
    if (known) return known;
    const click = () => this.act(action);
    const circle = make("span", { class: "round" });
    const made = make("button", { type: "button", "data-do": action, click }, circle, make("span"));
    this.buttons.set(action, made as HTMLButtonElement);
    return made as HTMLButtonElement;
  }

  private paint(action: Action, face: Face): void {
    const button = this.button(action);
    const [circle, label] = [...button.children] as HTMLElement[];
    if (button.dataset["icon"] !== face.icon) circle?.replaceChildren(icon(face.icon));
    button.dataset["icon"] = face.icon;
    button.dataset["kind"] = face.kind ?? "";
    if (label) say(label, face.text);
    if (face.on === undefined) button.removeAttribute("aria-pressed");
    else button.setAttribute("aria-pressed", String(face.on));
  }
}
