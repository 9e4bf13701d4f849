/**
 * Where things are in a SIP message: the text, and the offsets that the core's parser found in it.
 * Nothing is cut out before somebody asks for it, and then it is a slice of the very text.
 */
export class MessageIndex {
  /**
   * @param text - The whole message.
   * @param words - The message as it crosses the door: a flag, the serial number, offset and length
   * of the text, the status code, then offset and length of one part after the other.
   */
  constructor(
    readonly text: string,
    private readonly words: readonly number[]
  ) {}

  /** The status code, 0 for a request. */
  get status(): number {
    return this.words[4];
  }

  /** The method of a request, "" for a response. */
  get method(): string {
    return this.slice(5);
  }

  /** The Request-URI, "" for a response. */
  get uri(): string {
    return this.slice(7);
  }

  /** The reason phrase, "" for a request. */
  get reason(): string {
    return this.slice(9);
  }

  get body(): string {
    return this.slice(11);
  }

  get callId(): string {
    return this.slice(13);
  }

  /** The tag of From, "" if there is none. */
  get fromTag(): string {
    return this.slice(15);
  }

  /** The tag of To, "" if there is none. */
  get toTag(): string {
    return this.slice(17);
  }

  /** The branch of the topmost Via, "" if there is none. */
  get branch(): string {
    return this.slice(19);
  }

  /** The sequence number of CSeq. */
  get cseq(): number {
    return this.words[21];
  }

  /** How many header fields there are. */
  get fieldCount(): number {
    return this.words[22];
  }

  /** The name of a header field as it was written. */
  name(index: number): string {
    return this.slice(23 + 4 * index);
  }

  /** The value of a header field as it was written, without the space around it. */
  value(index: number): string {
    return this.slice(25 + 4 * index);
  }

  /**
   * The next header field, from `index` on, whose name has so many characters, or one as a compact
   * form has; -1 if there is none.
   */
  find(length: number, index: number): number {
    for (; index < this.fieldCount; index++) {
      const found = this.words[24 + 4 * index];
      if (found === length || found === 1) return index;
    }
    return -1;
  }

  private slice(word: number): string {
    const offset = this.words[word];
    return this.text.slice(offset, offset + this.words[word + 1]);
  }
}

/** How many words a message takes that starts at `start`. */
export function messageWords(words: readonly number[], start: number): number {
  return words[start] === 0 ? 1 : 23 + 4 * words[start + 22];
}
