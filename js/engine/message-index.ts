/**
 * Where things are in a SIP message: the text, and the offsets that the core's parser found in it.
 * Nothing is cut out before somebody asks for it, and then it is a slice of the very text.
 * @internal
 */
export class MessageIndex {
  /**
   * @param text - The whole message.
   * @param words - The message as it crosses the door: how many words it has, the serial number,
   * offset and length of the text, then as WriteMessageIndex in src/messages/message_index.h.
   */
  constructor(
    readonly text: string,
    readonly words: readonly number[]
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

  /** Where the words of an address begin: 0 for the Request-URI, 1 for From, 2 for To. */
  place(address: number): number {
    return 4 + this.words[23 + address];
  }

  /** The name of a header field as it was written. */
  name(index: number): string {
    return this.slice(27 + 5 * index);
  }

  /** The value of a header field as it was written, without the space around it. */
  value(index: number): string {
    return this.slice(29 + 5 * index);
  }

  /** Where that is in the text. */
  valueAt(index: number): number {
    return this.words[29 + 5 * index];
  }

  /** The next header field with this id, from `index` on; -1 if there is none. */
  find(id: number, index: number): number {
    for (; index < this.fieldCount; index++) {
      if (this.words[26 + 5 * index] === id) return index;
    }
    return -1;
  }

  private slice(word: number): string {
    const length = this.words[word + 1];
    const offset = this.words[word];
    return length ? this.text.slice(offset, offset + length) : "";
  }
}
