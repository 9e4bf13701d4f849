import { engine } from "../../engine/engine.js";
import type { Face } from "../../engine/engine.js";
import { commands } from "../../engine/schema.js";
import type { CreateCore, Event } from "../../engine/wire.js";

let core = 0;

/** The face of that core: keeps the last event. */
export const lone: Face & { heard?: Event } = {
  _deliver(event) {
    this.heard = event;
  }
};

/** The settings of a core that has none. */
export function noSettings(): CreateCore {
  const { fields } = commands.createCore;
  const settings = fields.map(([name, kind]) => [name, kind === "h" ? [] : ""]);
  return { ...Object.fromEntries(settings), type: "createCore" } as CreateCore;
}

/** The handle of a core for what has no user agent: bare transactions, requests not to be sent. */
export function loneCore(): number {
  return (core ||= engine().perform(noSettings(), () => lone).handle);
}
