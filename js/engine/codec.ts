import type { Door } from "./door.js";
import { MessageIndex, messageWords } from "./message-index.js";
import type { SipModule } from "./module.js";
import { commands, events } from "./schema.js";
import { textDecoder, textEncoder } from "./text.js";
import type { Command, Event } from "./wire.js";

/**
 * What a command gives back at once.
 * @internal
 */
export interface Reply {
  /** Of what the command made, or 0. */
  readonly handle: number;
  /** Where the command says so. */
  readonly text: string;
}

/** Below so many characters a loop is faster than a call of `encodeInto`. */
const shortText = 40;

/**
 * Brings commands into the memory of the module and events out of it, field by field.
 * @internal
 */
export class Codec {
  private readonly encoder = textEncoder();
  private readonly decoder = textDecoder();
  /** Address of the input text, how much of it is written and how much there is room for. */
  private textAt = 0;
  private textUsed = 0;
  private textRoom = 0;
  /** A view on it, which takes longer to make than most texts to write. */
  private view = new Uint8Array();

  constructor(
    private readonly module: SipModule,
    private readonly door: Door
  ) {}

  /** Writes one text to the text buffer. Returns its length in octets. */
  writeText(text: string): number {
    this.beginText(text.length);
    this.append(text);
    return this.textUsed;
  }

  /** Writes a command. Returns the numbers of its words and of the octets of its texts. */
  writeCommand(command: Command): { words: number; textBytes: number } {
    const { tag, fields } = commands[command.type];
    const values = command as unknown as Record<string, unknown>;
    const texts = fields.flatMap(([name, kind]) =>
      kind === "t" || kind === "h" ? (values[name] as string | string[]) : []
    );
    // Two more for each, which may be a line.
    this.beginText(texts.reduce((characters, text) => characters + text.length + 2, 0));
    const words: number[] = [tag];
    for (const [name, kind] of fields) {
      this.writeField(words, kind, values[name]);
    }
    const at = this.door.words(words.length) >> 2;
    this.module.HEAP32.set(words, at);
    return { words: words.length, textBytes: this.textUsed };
  }

  /** The words of the output: a copy. An array, as a typed one of this size takes longer to make. */
  readWords(count: number): number[] {
    const heap = this.module.HEAP32;
    const words = new Array<number>(count);
    for (let i = 0, at = this.door.outWords() >> 2; i < count; i++) words[i] = heap[at + i];
    return words;
  }

  /** The text of the output. */
  readText(): string {
    const at = this.door.outText();
    return this.decoder.decode(this.module.HEAPU8.subarray(at, at + this.door.outTextBytes()));
  }

  /** The reply to a command. */
  readReply(): Reply {
    return { handle: this.readWords(1)[0], text: this.readText() };
  }

  /**
   * The event in the output, of so many words.
   * @param received - The texts that came in lately, by serial number.
   */
  readEvent(count: number, received: ReadonlyMap<number, string>): Event {
    const words = this.readWords(count);
    const text = this.readText();
    const ascii = text.length === this.door.outTextBytes();
    const { type, fields } = events[words[0]];
    const event: Record<string, unknown> = { type };
    let at = 1;
    const readText = (): string => {
      const offset = words[at++];
      const length = words[at++];
      return ascii ? text.slice(offset, offset + length) : this.decodeAt(offset, length);
    };
    for (const [name, kind] of fields) {
      switch (kind) {
        case "t":
          event[name] = readText();
          break;
        case "l": {
          const list: string[] = [];
          for (let left = words[at++]; left > 0; left--) list.push(readText());
          event[name] = list;
          break;
        }
        case "m": {
          const size = messageWords(words, at);
          event[name] = size > 1 ? this.readMessage(words.slice(at, at + size), received) : null;
          at += size;
          break;
        }
        case "b":
          event[name] = words[at++] !== 0;
          break;
        default:
          event[name] = words[at++] >>> 0;
      }
    }
    return event as unknown as Event;
  }

  private readMessage(words: number[], received: ReadonlyMap<number, string>): MessageIndex {
    const text = words[1] === 0 ? this.decodeAt(words[2], words[3]) : received.get(words[1]);
    if (text === undefined) {
      throw new Error(`The text of message ${words[1]} is not at hand.`);
    }
    return new MessageIndex(text, words);
  }

  private decodeAt(offset: number, length: number): string {
    const at = this.door.outText() + offset;
    return this.decoder.decode(this.module.HEAPU8.subarray(at, at + length));
  }

  private writeField(words: number[], kind: string, value: unknown): void {
    if (kind === "t") {
      words.push(this.textUsed, this.append(value as string));
    } else if (kind === "h") {
      const lines = value as string[];
      const begin = this.textUsed;
      for (const line of lines) this.append(line + "\r\n");
      words.push(lines.length, begin, this.textUsed - begin);
    } else {
      words.push(Number(value) | 0);
    }
  }

  /** Makes room for so many characters, three octets each. */
  private beginText(characters: number): void {
    this.textUsed = 0;
    if (3 * characters > this.textRoom) {
      this.textRoom = 3 * characters;
      this.textAt = this.door.text(this.textRoom);
      this.view = new Uint8Array();
    }
  }

  /** Appends a text to the text buffer. Returns its length in octets. */
  private append(text: string): number {
    const heap = this.module.HEAPU8;
    const at = this.textAt + this.textUsed;
    let written = 0;
    if (text.length < shortText) {
      while (written < text.length) {
        const code = text.charCodeAt(written);
        if (code > 127) break;
        heap[at + written++] = code;
      }
    }
    if (written < text.length) {
      // Detached, as memory has grown, or not made yet.
      if (!this.view.length) this.view = heap.subarray(this.textAt, this.textAt + this.textRoom);
      const room = this.textUsed ? this.view.subarray(this.textUsed) : this.view;
      written = this.encoder.encodeInto(text, room).written;
    }
    this.textUsed += written;
    return written;
  }
}
