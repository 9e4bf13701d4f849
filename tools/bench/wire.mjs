// The wire between two user agents of a benchmark, and the session descriptions that pass over it.
import { answer, offer } from "./messages.mjs";

export { answer, offer };

/**
 * One end of a wire, which a library is given as its transport. What it sends, `receive` of its `peer`
 * gets in a later microtask, as no network delivers before `send` has returned.
 */
export class End {
  wire = undefined;
  peer = undefined;

  pass(text) {
    this.wire?.tap?.(text);
    queueMicrotask(() => this.peer.receive(text, this));
  }
}

/** Joins two ends. Returns the wire, whose `tap` hears what passes. */
export function join(a, b) {
  const wire = { tap: undefined };
  Object.assign(a, { wire, peer: b });
  Object.assign(b, { wire, peer: a });
  return wire;
}
