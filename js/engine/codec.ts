import type { Door } from "./door.js";
import { MessageIndex } from "./message-index.js";
import type { SipModule } from "./module.js";
import { commands } from "./schema.js";
import { textDecoder, textEncoder } from "./text.js";
import { EVENTS } from "./wire.js";
import type { Command, Event, FieldReader } from "./wire.js";

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

/** More than any command has. */
const commandWords = 64;

/** Below so many characters a loop is faster than a call of `encodeInto`. */
const shortText = 40;

/**
 * Brings commands into the memory of the module and events out of it, field by field.
 * @internal
 */
export class Codec implements FieldReader {
  private readonly encoder = textEncoder();
  private readonly decoder = textDecoder();
  /** The handle that the last command or event was for: its first field. */
  addressee = 0;
  /** Address of the input text and how much there is room for, in octets. */
  private textAt = 0;
  private textRoom = 0;
  /** The address of the input words, in words. */
  private readonly wordsAt: number;
  /** A view on it, which takes longer to make than most texts to write. */
  private view = new Uint8Array();
  /** The one text that is in it, if that is ASCII. */
  private written: string | undefined;
  /** Where the output says what it is, in words. */
  private readonly output: number;
  /** Of the event that is being read: its memory, its next word, its text, what came in lately. */
  private heap!: Int32Array;
  private at = 0;
  private text = "";
  private received!: readonly (number | string)[];

  constructor(
    private readonly module: SipModule,
    private readonly door: Door
  ) {
    this.output = door.output() >> 2;
    this.wordsAt = door.words(commandWords) >> 2;
  }

  /** Writes one text to the text buffer. Returns its length in octets. */
  writeText(text: string): number {
    const octets = this.encode(text, this.room(text.length));
    this.written = octets === text.length ? text : undefined;
    return octets;
  }

  /** Whether a text is the one that was written last, each of its characters one octet. */
  holds(text: string): boolean {
    return text === this.written;
  }

  /** Writes a command. Returns the numbers of its words and of the octets of its texts. */
  writeCommand(command: Command): [words: number, textBytes: number] {
    let text = "";
    // Joined, as each call of `encodeInto` takes longer than most texts.
    const words = this.writeFields(command, (each) => ((text += each), each.length));
    let octets = this.writeText(text);
    if (octets !== text.length) {
      const room = this.room(text.length);
      octets = 0;
      this.writeFields(command, (each) => {
        const { written } = this.encoder.encodeInto(each, room.subarray(octets));
        octets += written;
        return written;
      });
    }
    this.addressee = this.module.HEAP32[this.wordsAt + 1] >>> 0;
    return [words, octets];
  }

  /** Writes the words of a command, given what takes a text and says how long it is. */
  private writeFields(command: Command, take: (text: string) => number): number {
    const { tag, fields } = commands[command.type];
    const values = command as unknown as Record<string, unknown>;
    const heap = this.module.HEAP32;
    let at = this.wordsAt;
    let used = 0;
    heap[at++] = tag;
    for (const [name, kind] of fields) {
      const value = values[name];
      if (kind === "n" || kind === "b") {
        heap[at++] = Number(value);
        continue;
      }
      if (kind === "h") heap[at++] = (value as string[]).length;
      heap[at++] = used;
      used += heap[at++] = take(textOf(value));
    }
    return at - this.wordsAt;
  }

  /** The words of the output. */
  readWords(): number[] {
    const heap = (this.heap = this.module.HEAP32);
    return this.words(heap[this.output] >> 2, heap[this.output + 1]);
  }

  /** A copy of words. An array, as a typed one of this size takes longer to make. */
  private words(at: number, count: number): number[] {
    const words = new Array<number>(count);
    for (let i = 0; i < count; i++) words[i] = this.heap[at + i];
    return words;
  }

  /** The text of the output. */
  readText(): string {
    const octets = this.textOctets();
    return octets ? this.decodeAt(0, octets) : "";
  }

  /** The reply to a command. */
  readReply(): Reply {
    const heap = this.module.HEAP32;
    return { handle: heap[heap[this.output] >> 2], text: this.readText() };
  }

  /**
   * The event in the output.
   * @param received - The texts that came in lately, each behind its serial number.
   */
  readEvent(received: readonly (number | string)[]): Event {
    const heap = (this.heap = this.module.HEAP32);
    this.at = heap[this.output] >> 2;
    this.text = this.readText();
    this.received = received;
    const tag = this.n();
    this.addressee = heap[this.at] >>> 0;
    return EVENTS[tag](this);
  }

  n(): number {
    return this.heap[this.at++] >>> 0;
  }

  b(): boolean {
    return this.n() !== 0;
  }

  t(): string {
    const offset = this.n();
    const length = this.n();
    return this.text.length === this.textOctets()
      ? this.text.slice(offset, offset + length)
      : this.decodeAt(offset, length);
  }

  l(): string[] {
    // Made as long as it is to be: one that grows takes room for 16 more.
    const list = new Array<string>(this.n());
    for (let i = 0; i < list.length; i++) list[i] = this.t();
    return list;
  }

  m(): MessageIndex | null {
    const { at } = this;
    const size = this.heap[at] || 1;
    this.at += size;
    if (size === 1) return null;
    const words = this.words(at, size);
    const { received } = this;
    const text =
      words[1] === 0 ? this.decodeAt(words[2], words[3]) : received[received.indexOf(words[1]) + 1];
    if (typeof text !== "string") {
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

  /** Writes a text to the text buffer. Returns its length in octets. */
  private encode(text: string, room: Uint8Array<ArrayBuffer>): number {
    let written = 0;
    if (text.length < shortText) {
      while (written < text.length) {
        const code = text.charCodeAt(written);
        if (code > 127) break;
        room[written++] = code;
      }
    }
    return written < text.length ? this.encoder.encodeInto(text, room).written : written;
  }
}

/** A text, or the text of header lines. */
function textOf(value: unknown): string {
  const lines = value as string[];
  return typeof value === "string" ? value : lines.length ? lines.join("\r\n") + "\r\n" : "";
}
