// The wire between two user agents of a benchmark, and the session descriptions that pass over it.
import { answer, offer } from "./messages.mjs";

export { answer, offer };

/**
 * Two ends that are joined: what one is given, `receive` of the other gets in a later microtask, as
 * no network delivers before `send` has returned.
 */
export function joinedEnds() {
  const wire = { tap: undefined };
  const end = () => ({
    receive: undefined,
    peer: undefined,
    send(text) {
      wire.tap?.(text);
      queueMicrotask(() => this.peer.receive(text));
    }
  });
  const [a, b] = [end(), end()];
  a.peer = b;
  b.peer = a;
  return { wire, ends: [a, b] };
}
