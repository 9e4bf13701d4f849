import { COMMANDS } from "./wire.js";
import type { Command, Fields } from "./wire.js";

/** The shapes of commands, by their type: how they cross the door. */
export const commands = Object.fromEntries(
  COMMANDS.split("\n").map((line, tag) => {
    const [type, ...fields] = line.split(" ");
    return [type, { tag, fields: fields.map((field) => field.split(":")) as unknown as Fields }];
  })
) as Record<Command["type"], { readonly tag: number; readonly fields: Fields }>;
