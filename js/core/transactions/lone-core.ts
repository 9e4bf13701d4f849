import { engine } from "../../engine/engine.js";
import { commands } from "../../engine/schema.js";
import type { CreateCore } from "../../engine/wire.js";

let core = 0;

/** The settings of a core that has none. */
export function noSettings(): CreateCore {
  const { fields } = commands.createCore;
  const settings = fields.map(([name, kind]) => [name, kind === "h" ? [] : ""]);
  return { ...Object.fromEntries(settings), type: "createCore" } as CreateCore;
}

/** The handle of a core for what has no user agent: bare transactions, requests not to be sent. */
export function loneCore(): number {
  return (core ||= engine().perform(noSettings()).handle);
}
