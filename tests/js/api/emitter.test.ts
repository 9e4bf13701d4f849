import { describe, expect, it } from "vitest";

import { EmitterImpl } from "../../../js/api/emitter.js";

function recorder() {
  const calls: string[] = [];
  const listener =
    (name: string) =>
    (data: number): void => {
      calls.push(`${name}${data}`);
    };
  return { calls, listener };
}

describe("EmitterImpl", () => {
  it("calls listeners in the order of their addition, one added twice twice", () => {
    const emitter = new EmitterImpl<number>();
    const { calls, listener } = recorder();
    const a = listener("a");
    emitter.addListener(a);
    emitter.on(listener("b"));
    emitter.addListener(a);
    emitter.emit(1);
    expect(calls).toEqual(["a1", "b1", "a1"]);
  });

  it("removes a listener however often it was added", () => {
    const emitter = new EmitterImpl<number>();
    const { calls, listener } = recorder();
    const a = listener("a");
    emitter.addListener(a);
    emitter.addListener(a, { once: true });
    emitter.addListener(listener("b"));
    emitter.removeListener(a);
    emitter.emit(1);
    expect(calls).toEqual(["b1"]);
  });

  it("calls a listener added with once at most once, even from within itself", () => {
    const emitter = new EmitterImpl<number>();
    const { calls, listener } = recorder();
    const record = listener("o");
    emitter.once((data) => {
      record(data);
      emitter.emit(data + 1);
    });
    emitter.addListener(listener("b"), { once: true });
    emitter.emit(1);
    emitter.emit(9);
    expect(calls).toEqual(["o1", "b2"]);
  });

  it("counts who is added or removed during an emission from the next one on", () => {
    const emitter = new EmitterImpl<number>();
    const { calls, listener } = recorder();
    const b = listener("b");
    const c = listener("c");
    emitter.addListener(() => emitter.off(b), { once: true });
    emitter.addListener(() => emitter.on(c), { once: true });
    emitter.addListener(b);
    emitter.emit(1);
    emitter.emit(2);
    expect(calls).toEqual(["b1", "c2"]);
  });

  it("calls every listener though one throws, then rethrows the first exception", () => {
    const emitter = new EmitterImpl<number>();
    const { calls, listener } = recorder();
    emitter.addListener(() => {
      throw new Error("first");
    });
    emitter.addListener(() => {
      throw new Error("second");
    });
    emitter.addListener(listener("b"));
    expect(() => emitter.emit(1)).toThrow("first");
    expect(calls).toEqual(["b1"]);
  });

  it("forgets all listeners", () => {
    const emitter = new EmitterImpl<number>();
    const { calls, listener } = recorder();
    emitter.addListener(listener("a"));
    emitter.removeAllListeners();
    emitter.emit(1);
    expect(calls).toEqual([]);
  });
});
