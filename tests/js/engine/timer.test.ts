import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Timer } from "../../../js/engine/timer.js";

/** A Worker that keeps what it is sent and speaks when it is told to. */
class FakeWorker extends EventTarget {
  readonly asked: unknown[] = [];

  postMessage(message: unknown): void {
    this.asked.push(message);
  }

  say(deadline: number): void {
    this.dispatchEvent(new MessageEvent("message", { data: deadline }));
  }
}

let now: number;
let reached: number[];
let timer: Timer;
let worker: FakeWorker;

beforeEach(() => {
  vi.useFakeTimers();
  now = Date.now();
  reached = [];
  timer = new Timer((deadline) => reached.push(deadline));
  worker = new FakeWorker();
});

afterEach(() => vi.useRealTimers());

const beWoken = () => timer.wokenBy(worker as unknown as Worker);

it("asks a worker for the deadline that is awaited, and for each that comes", () => {
  timer.arm(now + 500, now);
  beWoken();
  timer.arm(now + 500, now);
  timer.arm(now + 700, now);
  timer.arm(now + 700, now);
  timer.arm(Infinity, now);
  expect(worker.asked).toEqual([
    [now + 500, 500],
    [now + 700, 700]
  ]);
});

it("keeps the alarm of a deadline that an earlier one comes before, and asks for it again", () => {
  beWoken();
  timer.arm(now + 700, now);
  vi.advanceTimersByTime(300);
  timer.arm(now + 200, now);
  vi.advanceTimersByTime(200);
  expect(reached).toEqual([now + 200]);
  timer.arm(now + 700, now);
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(200);
  expect(reached).toEqual([now + 200, now + 700]);
  expect(worker.asked).toEqual([
    [now + 700, 700],
    [now + 200, 200],
    [now + 700, 700]
  ]);
});

it("sets no alarm that it does not need", () => {
  for (const deadline of [500, 400, 300]) timer.arm(now + deadline, now);
  expect(vi.getTimerCount()).toBe(3);
  timer.arm(now + 450, now);
  expect(vi.getTimerCount()).toBe(2);
  timer.arm(Infinity, now);
  expect(vi.getTimerCount()).toBe(0);
});

it("expires once when the worker and then the page say so", () => {
  beWoken();
  timer.arm(now + 500, now);
  vi.setSystemTime(now + 500);
  worker.say(now + 500);
  vi.advanceTimersByTime(1000);
  expect(reached).toEqual([now + 500]);
});

it("expires by the page's own timer where the worker is silent", () => {
  beWoken();
  timer.arm(now + 500, now);
  vi.advanceTimersByTime(500);
  expect(reached).toEqual([now + 500]);
});

it("does not listen to a worker that speaks of a deadline long past, or of none", () => {
  beWoken();
  timer.arm(now + 500, now);
  timer.arm(now + 700, now);
  worker.say(now + 500);
  timer.arm(Infinity, now);
  worker.say(now + 700);
  expect(reached).toEqual([]);
});
