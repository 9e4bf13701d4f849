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
    const received = this.wire?.apart ? copyOf(text) : text;
    queueMicrotask(() => this.peer.receive(received, this));
  }
}

/** A text that shares no memory with the one that it is equal to. */
function copyOf(text) {
  return [text.slice(0, 1), text.slice(1)].join("");
}

/**
 * Joins two ends. Returns the wire, whose `tap` hears what passes; if it is `apart`, each end has a text
 * of its own, as if they were on two machines.
 */
export function join(a, b) {
  const wire = { tap: undefined, apart: false };
  Object.assign(a, { wire, peer: b });
  Object.assign(b, { wire, peer: a });
  return wire;
}
