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

/** Values of Route as lines. */
export function routesOf(routeSet: readonly string[]): string[] {
  return routeSet.map((route) => "Route: " + route);
}

/**
 * The command that makes a core.
 * @param settings - The values of its fields, in their order, lists for those that are one in a header
 * field. Default: of a core that has none.
 */
export function createCore(settings?: readonly unknown[]): CreateCore {
  const { fields } = commands.createCore;
  const values = settings ?? fields.map(([, kind]) => (kind === "h" ? [] : ""));
  const named = values.map((value, i) => {
    const [name, kind] = fields[i];
    const listed = value as string[];
    return [
      name,
      typeof value !== "object" ? value : kind === "h" ? routesOf(listed) : listed.join(", ")
    ];
  });
  return { type: "createCore", ...Object.fromEntries(named) } as CreateCore;
}

/** The handle of a core for what has no user agent: bare transactions, requests not to be sent. */
export function loneCore(): number {
  return (core ||= engine().perform(createCore(), () => lone).handle);
}
