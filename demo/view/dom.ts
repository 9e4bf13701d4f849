/** The few things a page without a framework needs. */

/** The element with this id; the page has it. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no #${id}`);
  return element as T;
}

type Properties = Record<string, string | boolean | (() => void)>;

/** Makes an element. Functions become listeners of the event they are named after. */
export function make(tag: string, properties: Properties = {}, ...children: (Node | string)[]) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (typeof value === "boolean") element.toggleAttribute(name, value);
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** An icon of the page's sprite. */
export function icon(name: string): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

/** A button with an icon only; the label is what is read out. */
export function iconButton(name: string, label: string, click: () => void): HTMLElement {
  const properties = { type: "button", class: "plain", "aria-label": label, title: label, click };
  return make("button", properties, icon(name));
}

/** Fills a round picture with initials and a colour that belongs to the name. */
export function paintAvatar(element: HTMLElement, name: string): void {
  const initials = name.split(/\s+/, 2).map((word) => word.charAt(0).toUpperCase());
  const hue = [...name].reduce((hash, letter) => (hash * 35 + letter.charCodeAt(0)) >>> 0, 9) % 360;
  element.textContent = initials.join("");
  element.style.setProperty("--hue", String(hue));
}

/** A small avatar. */
export function avatar(name: string): HTMLElement {
  const element = make("span", { class: "avatar small", "aria-hidden": "true" });
  paintAvatar(element, name);
  return element;
}

/** Shows an element or hides it; returns whether it is shown. */
export function show(element: HTMLElement, isShown: boolean): boolean {
  element.hidden = !isShown;
  return isShown;
}

/** Sets text only if it changed, so that a screen reader does not repeat it. */
export function say(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Seconds as m:ss, or h:mm:ss. */
export function clock(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** Shows a failure in the box `#id` with its title and text, or hides the box. */
export function showTrouble(
  id: string,
  trouble: { title: string; text: string } | undefined
): void {
  if (trouble) {
    say(byId(`${id}-title`), trouble.title);
    say(byId(`${id}-text`), trouble.text);
  }
  show(byId(id), trouble !== undefined);
}
