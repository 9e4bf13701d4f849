// Runs tests/traces/*.jsonl through the WebAssembly door, which must tell what the native core told
// when they were recorded. See tests/traces/README.md.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Codec } from "../../../js/engine/codec.js";
import type { Door } from "../../../js/engine/door.js";
import type { MessageIndex } from "../../../js/engine/message-index.js";
import { loadModule } from "../../../js/engine/module.js";
import { commands } from "../../../js/engine/schema.js";
import type { Command, Event } from "../../../js/engine/wire.js";

const directory = new URL("../../traces/", import.meta.url);

interface Line {
  seed?: string;
  at?: number;
  perform?: Record<string, unknown> & { type: Command["type"] };
  receive?: string;
  core?: number;
  advance?: boolean;
}

/** A stack behind the door, and what it says as lines of a trace. */
class Session {
  private readonly door: Door;
  private readonly codec: Codec;
  private readonly received: (number | string)[] = [];
  private deadline = Infinity;
  readonly lines: unknown[] = [];

  constructor(seed: string) {
    const module = loadModule();
    this.door = new module.Door();
    this.codec = new Codec(module, this.door);
    this.door.seed(this.codec.writeText(seed));
    this.lines.push({ seed });
  }

  feed(line: Line): void {
    const at = line.at!;
    if (line.perform) {
      this.lines.push({ at, perform: line.perform, ...this.perform(line.perform, at) });
    } else if (line.receive !== undefined) {
      this.lines.push({ at, receive: line.receive, core: line.core });
      const octets = this.codec.writeText(line.receive);
      this.received.push(this.door.receive(line.core!, octets, at), line.receive);
    } else {
      this.lines.push({ at, advance: true });
      this.door.advance(at);
    }
    this.drain();
  }

  end(): void {
    expect(this.door.handleCount()).toBe(0);
  }

  private perform(command: NonNullable<Line["perform"]>, at: number): object {
    const [words, textBytes] = this.codec.writeCommand(complete(command));
    const code = this.door.perform(words, textBytes, at);
    if (code !== 0) return { error: code };
    const { handle, text } = this.codec.readReply();
    return { reply: { handle, text } };
  }

  private drain(): void {
    while (this.door.poll() !== 0) {
      this.lines.push({ event: plain(this.codec.readEvent(this.received)) });
    }
    const deadline = this.door.deadline();
    if (deadline === this.deadline) return;
    this.deadline = deadline;
    this.lines.push({ deadline: deadline === Infinity ? null : deadline });
  }
}

/** A command of a trace, whose absent fields have their empty values. */
function complete(command: NonNullable<Line["perform"]>): Command {
  const empty = { n: 0, b: false, t: "", h: [], l: [], m: null };
  const fields = commands[command.type].fields.map(([name, kind]) => [name, empty[kind]]);
  return { ...Object.fromEntries(fields), ...command } as Command;
}

/** An event as traces have it. */
function plain(event: Event): object {
  if (!("message" in event) || event.message === null) return event;
  return { ...event, message: parts(event.message) };
}

function parts(message: MessageIndex): object {
  const { status, method, uri, reason, callId, fromTag, toTag, branch, cseq, body } = message;
  const fields = Array.from({ length: message.fieldCount }, (_, i) => [
    message.name(i),
    message.value(i)
  ]);
  return { status, method, uri, reason, callId, fromTag, toTag, branch, cseq, fields, body };
}

describe("A trace through the door", () => {
  const names = readdirSync(directory).filter((name) => name.endsWith(".jsonl"));
  it.each(names)("comes out as it was recorded: %s", (name) => {
    const text = readFileSync(new URL(name, directory), "utf8");
    const recorded = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Line);
    const session = new Session(recorded[0].seed!);
    for (const line of recorded) {
      if (line.at !== undefined) session.feed(line);
    }
    session.lines.forEach((line, i) => expect(line, `line ${i + 1}`).toEqual(recorded[i]));
    expect(session.lines.length).toBe(recorded.length);
    session.end();
  });
});
