import type { Door } from "./door.js";
import { MessageIndex, messageWords } from "./message-index.js";
import type { SipModule } from "./module.js";
import { commands, events } from "./schema.js";
import { textDecoder, textEncoder } from "./text.js";
import type { Command, Event, Fields } from "./wire.js";

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
  /** The handle that the last command or event was for: its first field. */
  addressee = 0;
  /** Address of the input text and how much there is room for, in octets. */
  private textAt = 0;
  private textRoom = 0;
  /** The same of the input words, in words. */
  private wordsAt = 0;
  private wordRoom = 0;
  /** A view on it, which takes longer to make than most texts to write. */
  private view = new Uint8Array();
  /** The one text that is in it, if that is ASCII. */
  private written: string | undefined;
  /** Where the output says what it is, in words. */
  private readonly output: number;

  constructor(
    private readonly module: SipModule,
    private readonly door: Door
  ) {
    this.output = door.output() >> 2;
  }

  /** Writes one text to the text buffer. Returns its length in octets. */
  writeText(text: string): number {
    const octets = this.encode(text, this.room(text.length), 0);
    this.written = octets === text.length ? text : undefined;
    return octets;
  }

  /** Whether a text is the one that was written last, each of its characters one octet. */
  holds(text: string): boolean {
    return text === this.written;
  }

  /** Writes a command. Returns the numbers of its words and of the octets of its texts. */
  writeCommand(command: Command): { words: number; textBytes: number } {
    const { tag, fields } = commands[command.type];
    const values = command as unknown as Record<string, unknown>;
    const words: number[] = [tag];
    const texts: string[] = [];
    let all = "";
    for (const [name, kind] of fields) {
      const value = values[name];
      if (kind === "t" || kind === "h") {
        let text = value as string;
        if (kind === "h") {
          const lines = value as string[];
          words.push(lines.length);
          text = lines.length ? lines.join("\r\n") + "\r\n" : "";
        }
        words.push(all.length, text.length);
        texts.push(text);
        all += text;
      } else {
        words.push(Number(value) | 0);
      }
    }
    this.addressee = words[1];
    let textBytes = this.writeText(all);
    if (textBytes !== all.length) {
      textBytes = this.writeApart(fields, words, texts);
    }
    if (words.length > this.wordRoom) {
      this.wordRoom = 2 * words.length;
      this.wordsAt = this.door.words(this.wordRoom) >> 2;
    }
    const heap = this.module.HEAP32;
    for (let i = 0; i < words.length; i++) heap[this.wordsAt + i] = words[i];
    return { words: words.length, textBytes };
  }

  /** The words of the output: a copy. An array, as a typed one of this size takes longer to make. */
  readWords(): number[] {
    const heap = this.module.HEAP32;
    const at = heap[this.output] >> 2;
    const count = heap[this.output + 1];
    const words = new Array<number>(count);
    for (let i = 0; i < count; i++) words[i] = heap[at + i];
    return words;
  }

  /** The text of the output. */
  readText(): string {
    const octets = this.textOctets();
    return octets ? this.decodeAt(0, octets) : "";
  }

  /** The reply to a command. */
  readReply(): Reply {
    return { handle: this.readWords()[0], text: this.readText() };
  }

  /**
   * The event in the output.
   * @param received - The texts that came in lately, by serial number.
   */
  readEvent(received: ReadonlyMap<number, string>): Event {
    const words = this.readWords();
    const text = this.readText();
    const ascii = text.length === this.textOctets();
    const { type, fields } = events[words[0]];
    this.addressee = words[1] >>> 0;
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
    const at = this.module.HEAP32[this.output + 2] + offset;
    return this.decoder.decode(this.module.HEAPU8.subarray(at, at + length));
  }

  private textOctets(): number {
    return this.module.HEAP32[this.output + 3];
  }

  /** Writes each text of a command by itself, as some have characters of more than one octet. */
  private writeApart(fields: Fields, words: number[], texts: string[]): number {
    const room = this.room(0);
    let used = 0;
    let at = 1;
    for (const [, kind] of fields) {
      if (kind === "h") at++;
      if (kind === "t" || kind === "h") {
        words[at++] = used;
        used += words[at] = this.encode(texts.shift()!, room, used);
      }
      at++;
    }
    return used;
  }

  /** A view on the text buffer, with room for so many characters of up to three octets each. */
  private room(characters: number): Uint8Array<ArrayBuffer> {
    this.written = undefined;
    if (3 * characters > this.textRoom) {
      this.textRoom = 3 * characters;
      this.textAt = this.door.text(this.textRoom);
      this.view = new Uint8Array();
    }
    // Detached, as memory has grown, or not made yet.
    if (!this.view.length) {
      this.view = this.module.HEAPU8.subarray(this.textAt, this.textAt + this.textRoom);
    }
    return this.view;
  }

  /** Writes a text to a place in the text buffer. Returns its length in octets. */
  private encode(text: string, room: Uint8Array<ArrayBuffer>, at: number): number {
    let written = 0;
    if (text.length < shortText) {
      while (written < text.length) {
        const code = text.charCodeAt(written);
        if (code > 127) break;
        room[at + written++] = code;
      }
    }
    return written < text.length
      ? this.encoder.encodeInto(text, at ? room.subarray(at) : room).written
      : written;
  }
}
