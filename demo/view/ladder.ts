/** The ladder diagram of the trace, and the button that saves it. */
import type { UserAgent } from "sipwasm";
import { readTrace, type Step } from "../ladder.js";
import type { Phone } from "../phone.js";
import { byId, make, show } from "./dom.js";

const rowHeight = 30;
const headHeight = 26;
/** A wait of so many milliseconds between two steps is drawn. */
const longWait = 500;
const letterWidth = 6.4;
/** Wider than this arrows are only longer. */
const widest = 900;
/** Half of the width of the name over a lifeline. */
const margin = 46;

/** Redraws for the phone that is signed in. */
let observer: ResizeObserver | undefined;

export class LadderView {
  private readonly userAgent: UserAgent;
  private readonly box = byId("ladder");
  /** The trace and the width that are drawn. */
  private drawn = "";

  constructor(phone: Phone) {
    this.userAgent = phone.line.userAgent;
    for (const button of document.querySelectorAll<HTMLElement>("[data-log]")) {
      button.onclick = () => this.choose(button.dataset["log"] === "ladder");
    }
    byId("save-trace").onclick = () => this.save(`trace-${phone.settings.user}.jsonl`);
    byId("log").ontoggle = () => this.render();
    observer?.disconnect();
    observer = new ResizeObserver(() => this.render());
    observer.observe(this.box);
    // SIP.js, in the place of this library, has no trace.
    show(byId("log-bar"), "trace" in this.userAgent);
  }

  render(): void {
    const width = Math.min(this.box.clientWidth, widest);
    if (width === 0) return;
    const trace = this.userAgent.trace();
    if (this.drawn === width + trace) return;
    this.drawn = width + trace;
    const atEnd = this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight < 40;
    this.box.replaceChildren(head(width), draw(readTrace(trace), width));
    if (atEnd) this.box.scrollTop = this.box.scrollHeight;
  }

  private choose(ladder: boolean): void {
    for (const button of document.querySelectorAll<HTMLElement>("[data-log]")) {
      const isChosen = (button.dataset["log"] === "ladder") === ladder;
      button.setAttribute("aria-pressed", String(isChosen));
    }
    show(byId("log-entries"), !ladder);
    show(this.box, ladder);
    this.render();
    this.box.scrollTop = this.box.scrollHeight;
  }

  private save(name: string): void {
    const file = new Blob([this.userAgent.trace()], { type: "application/jsonl" });
    const href = URL.createObjectURL(file);
    make("a", { href, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  }
}

type Attributes = Record<string, string | number>;

function svg(tag: string, attributes: Attributes, ...children: (Node | string)[]): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, `${value}`);
  element.append(...children);
  return element;
}

const columnsIn = (width: number) => [margin, width / 2, width - margin];

/** The names over the lifelines, which stay when the rest is scrolled. */
function head(width: number): SVGElement {
  const names = ["Application", "SIP core", "Server"].map((name, i) =>
    svg("text", { class: "name", x: columnsIn(width)[i] ?? 0, y: 17 }, name)
  );
  return svg("svg", { ...sizeOf(width, headHeight), class: "head" }, ...names);
}

function draw(steps: Step[], width: number): SVGElement {
  const columns = columnsIn(width);
  const rows: SVGElement[] = [];
  let y = 0;
  let last = steps[0]?.at ?? 0;
  for (const step of steps) {
    if (step.at - last >= longWait) rows.push(wait(step.at - last, width / 2, (y += rowHeight)));
    last = step.at;
    rows.push(arrow(step, columns, (y += rowHeight)));
  }
  const height = y + rowHeight;
  const lines = columns.map((x) => svg("line", { class: "life", x1: x, x2: x, y1: 0, y2: height }));
  const title = "Messages between this page and the server";
  const attributes = { ...sizeOf(width, height), role: "group", "aria-label": title };
  return svg("svg", attributes, ...lines, ...rows);
}

const sizeOf = (width: number, height: number) => ({
  width,
  height,
  viewBox: `0 0 ${width} ${height}`
});

function arrow({ from, to, label, detail, kind, at }: Step, columns: number[], y: number) {
  const [start, end] = [columns[from] ?? 0, columns[to] ?? 0];
  const tip = end > start ? -1 : 1;
  const head = `M${end} ${y}l${tip * 7} -4v8z`;
  const letters = Math.floor((Math.abs(end - start) - 14) / letterWidth);
  const shown = label.length > letters ? label.slice(0, letters - 1) + "…" : label;
  return svg(
    "g",
    { class: "step", "data-kind": kind },
    svg("title", {}, `${new Date(at).toLocaleTimeString([], { hour12: false })}\n${detail}`),
    svg("line", { x1: start, x2: end + tip * 6, y1: y, y2: y }),
    svg("path", { d: head }),
    svg("text", { x: (start + end) / 2, y: y - 6 }, shown)
  );
}

function wait(milliseconds: number, x: number, y: number): SVGElement {
  const seconds = milliseconds / 1000;
  const time = seconds < 10 ? seconds.toFixed(1) : Math.round(seconds);
  return svg("text", { class: "wait", x, y: y - 8 }, `${time} s later`);
}
