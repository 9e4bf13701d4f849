import { COMMANDS, EVENTS } from "./wire.js";
import type { Command, Event, Fields } from "./wire.js";

/** How a command or an event crosses the door. */
interface Shape {
  readonly tag: number;
  readonly type: string;
  readonly fields: Fields;
}

function shapes(schema: string): Shape[] {
  return schema.split("\n").map((line, tag) => {
    const [type, ...fields] = line.split(" ");
    return { tag, type, fields: fields.map((field) => field.split(":")) as unknown as Fields };
  });
}

/** The shapes of commands, by their type. */
export const commands = Object.fromEntries(
  shapes(COMMANDS).map((shape) => [shape.type, shape])
) as Record<Command["type"], Shape>;

/** The shapes of events, by their number. */
export const events = shapes(EVENTS) as (Shape & { type: Event["type"] })[];
