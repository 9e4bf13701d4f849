import { Codec } from "./codec.js";
import type { Reply } from "./codec.js";
import type { Door } from "./door.js";
import { toError } from "./errors.js";
import { MessageIndex } from "./message-index.js";
import { loadModule } from "./module.js";
import { reportException } from "./report.js";
import { Timer } from "./timer.js";
import { Trace } from "./trace.js";
import type { TraceLine } from "./trace.js";
import type { Command, Event } from "./wire.js";

/**
 * What stands in JavaScript for something in the core that has a handle.
 * @internal
 */
export interface Face {
  /**
   * Of a face whose trace is kept, and of those that have it as their `core`, which is not private as
   * it must keep that name: whose it is.
   */
  readonly _traced?: number;
  /** Told of each event about it, in their order. After `terminated` there are no more. */
  _deliver(event: Event): void;
  /** Told the text of each message that the core sends for it. */
  _sent?(text: string): void;
}

/** What `parse` can read. Offsets in the result count UTF-16 units of the text. */
export enum ParseKind {
  Uri = 0,
  Header = 1,
  Message = 2,
  List = 3,
  Name = 4,
  Address = 5,
  Equivalent = 6
}

/**
 * The JavaScript side of the door: call, pump, arm.
 *
 * Every call into the core is followed by the pump, which brings each event to the face that is
 * registered for its handle, until there are none left. A delegate may call in again, at any depth:
 * the inner call drains the same queue, so its effects are complete when it returns. At last the
 * core's next deadline is set on `setTimeout`.
 * @internal
 */
export class Engine {
  /** What was done and what came of it, lately. */
  readonly trace = new Trace();
  private readonly door: Door;
  private seeded = false;
  private readonly codec: Codec;
  /** By their handles. */
  readonly faces = new Map<number, Face>();
  /** The text that was sent last. */
  transmitted = "";
  /** What calls the core when its next deadline has come. */
  readonly timer = new Timer((deadline) => this.advance(deadline));
  /** Texts received whose events are not all delivered yet, each behind its serial number. */
  private readonly received: (number | string)[] = [];
  /** What delegates have thrown since the outermost call. */
  private readonly errors: unknown[] = [];
  private depth = 0;
  private latest = 0;
  /** What the clock said last, and the clock of a test's own if there was one. */
  private seen = 0;
  private clock: { now: number } | undefined;
  private beating: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    const module = loadModule();
    this.door = new module.Door();
    this.codec = new Codec(module, this.door);
  }

  /**
   * The door with the stack behind it, made when it is first needed: what reads a URI does without, and
   * so does a page with the smaller part of the module.
   */
  private get stack(): Door {
    if (!this.seeded) {
      this.seeded = true;
      const entropy = globalThis.crypto.getRandomValues(new Uint8Array(24));
      // As few octets as that: with a counter they are one block of SHA-256.
      this.door.seed(this.codec.writeText(String.fromCharCode(...entropy)));
    }
    return this.door;
  }

  /** How many handles have a face. */
  get size(): number {
    return this.faces.size;
  }

  /** How many handles live in the core, those without a face too. */
  get handles(): number {
    return this.stack.handleCount();
  }

  /** The face of a handle. */
  find(handle: number): Face | undefined {
    return this.faces.get(handle);
  }

  /** Makes a face the one that hears of a handle. */
  register(handle: number, face: Face): void {
    this.faces.set(handle, face);
  }

  /**
   * Carries out a command and everything that follows from it. What a delegate throws meanwhile is
   * not the caller's error: it is thrown once the caller is done.
   * @param adopt - Given the handle that the command made, before any event about it is delivered:
   * the face it returns hears of it.
   * @throws TypeError for a value that the core refuses.
   * @throws CommandError for a handle that is gone, or the wrong state.
   */
  perform(command: Command, adopt?: (handle: number) => Face): Reply {
    const { stack } = this;
    const [words, textBytes] = this.codec.writeCommand(command);
    const { addressee } = this.codec;
    const at = this.now();
    const error = stack.perform(words, textBytes, at) || undefined;
    // In the place of a reply's text the reason why there is none.
    const reply = this.codec.readReply();
    if (adopt && reply.handle !== 0 && !this.faces.has(reply.handle)) {
      this.register(reply.handle, adopt(reply.handle));
    }
    const handle = command.type === "createCore" ? reply.handle : addressee;
    this.note(handle, { at, perform: command, reply, error });
    if (error) {
      throw toError(error, reply.text);
    }
    this.pump();
    if (this.depth === 0 && this.errors.length > 0) {
      reportException(this.errors.splice(0)[0]);
    }
    return reply;
  }

  /** A message came in for a core. It is fully processed when this returns. */
  receive(core: number, text: string): void {
    const at = this.now();
    const serial = this.door.receive(core, this.codec.writeText(text), at);
    const { received } = this;
    received.push(serial, text);
    this.note(core, { at, receive: text, core }, text);
    this.pump();
    received.pop();
    received.pop();
    this.rethrow();
  }

  /** Parses a text. Undefined if it is malformed. */
  parse(kind: number, text: string): number[] | undefined {
    return this.parsed(kind, 0, this.codec.writeText(text));
  }

  /**
   * Parses a part of a text. It is not written for the core once more if the text is the one that the
   * core was given last, as it is when a message has just come in.
   * @returns The whole text and the words, whose offsets are into it.
   */
  parsePart(kind: number, text: string, at: number, part: string): [string, number[] | undefined] {
    return this.codec.holds(text)
      ? [text, this.parsed(kind, at, part.length)]
      : [part, this.parse(kind, part)];
  }

  private parsed(kind: number, at: number, octets: number): number[] | undefined {
    return this.door.parse(kind, at, octets) === 0 ? undefined : this.codec.readWords();
  }

  /** Parses a message, without anything happening to it. A string is the reason why it is none. */
  parseMessage(text: string): MessageIndex | string {
    const words = this.parse(ParseKind.Message, text);
    return words ? new MessageIndex(text, words) : this.codec.readText();
  }

  /** The number by which the core knows a header field, 0 for a name that it does not know. */
  headerId(name: string): number {
    return this.parse(ParseKind.Name, name)![0];
  }

  /** The registered reason phrase of a status code, "" if there is none; the full name for a letter. */
  nameOf(statusOrLetter: number | string): string {
    this.parse(ParseKind.Name, `${statusOrLetter}`);
    return this.codec.readText();
  }

  private advance(deadline: number): void {
    const at = (this.latest = Math.max(this.now(), deadline));
    this.door.advance(at);
    this.trace.add(undefined, { at, advance: true });
    this.pump();
    this.rethrow();
  }

  /** Delivers every event there is, then arms the timer. Whoever calls the core need not call it. */
  pump(): void {
    const { stack } = this;
    this.depth++;
    while (stack.poll() !== 0) {
      try {
        this.dispatch(this.codec.readEvent(this.received));
      } catch (error) {
        this.errors.push(error);
      }
    }
    this.depth--;
    // As of when the deadline was set: what the clock has gone on since is not in a fake setTimeout.
    this.timer.arm(stack.deadline(), this.latest);
    if (standsStill()) {
      globalThis.clearTimeout(this.beating);
      this.beat(this.latest);
    }
  }

  private dispatch(event: Event): void {
    // A request within a dialog is the dialog's.
    const handle = (event.type === "requestReceived" && event.dialog) || this.codec.addressee;
    const face = this.faces.get(handle);
    this.note(handle, event, (event as { text?: string }).text);
    if (event.type === "terminated") {
      this.faces.delete(handle);
    }
    face?._deliver(event);
  }

  private note(handle: number, line: TraceLine | Event, text?: string): void {
    const of = traced(this.faces.get(handle));
    if (of) this.trace.add(of, line, text);
  }

  /** Throws the first exception of a delegate, unless an outer call is there to do so. */
  private rethrow(): void {
    if (this.depth === 0 && this.errors.length > 0) {
      const [error] = this.errors.splice(0);
      throw error;
    }
  }

  /**
   * The time: it goes on as the clock does, and stands where that is put back. A `setTimeout` that is
   * a test's may have a clock of its own (@sinonjs/fake-timers, and with it Jest, Vitest and Sinon):
   * that is the one it goes by, whether `Date` follows or stands still.
   */
  private now(): number {
    const { clock } = globalThis.setTimeout as { clock?: { now: number } };
    const at = clock ? clock.now : standsStill() ? this.seen : Date.now();
    if (clock === this.clock) this.latest += Math.max(0, at - this.seen);
    this.clock = clock;
    this.seen = at;
    return this.latest;
  }

  /**
   * Counts the time where nothing else tells it, as long as something is due: by the millisecond, but
   * for a minute in which nobody calls more coarsely.
   * @param since - When somebody called last.
   */
  private beat(since: number): void {
    const { Date, setTimeout } = globalThis;
    if (this.door.deadline() !== Infinity) {
      const step = 1 + ((this.latest - since) >> 16);
      const at = this.latest + step;
      this.beating = setTimeout(() => {
        if (Date === globalThis.Date) {
          this.latest = Math.max(this.latest, at);
          this.beat(since);
        }
      }, step);
    }
  }
}

/** Whose trace a face is of. */
export function traced(face: (Face & { core?: Face }) | undefined): number | undefined {
  return (face?.core ?? face)?._traced;
}

const isNative = (each: unknown): boolean => /native code/.test(String(each));

/** The clock that there was when `still` was found out, which takes long where `in` asks a window. */
let known: unknown[] = [];
let still = false;

/** True under Jasmine's clock without `mockDate()`, which tells nobody how late it is. */
function standsStill(): boolean {
  const { setTimeout, Date } = globalThis;
  if (setTimeout !== known[0] || Date !== known[1]) {
    known = [setTimeout, Date];
    still =
      "jasmine" in globalThis &&
      !("clock" in setTimeout) &&
      !isNative(setTimeout) &&
      isNative(Date);
  }
  return still;
}

let shared: Engine | undefined;

/** The one engine of this JavaScript realm. The module is loaded on the first call. */
export function engine(): Engine {
  return (shared ??= new Engine());
}

/**
 * Lets a Worker wake the page. Browsers hold back the timers of a page in the background, to one a
 * minute at worst; those of its Workers they do not. Timers of the stack (registration refresh,
 * keep-alive, RFC 3261's) then are on time there too. The page's own timers go on beside the Worker's.
 * @param worker - Made of the package's `worker.js`:
 * `new Worker(new URL("sipwasm/worker.js", import.meta.url))` with Vite or webpack, or of a copy of it
 * beside the page. Whoever makes it ends it; if it fails, the page's own timers remain.
 */
export function wakeBy(worker: Worker): void {
  engine().timer.wokenBy(worker);
  engine().pump();
}
