/** Node's. */
declare const Buffer: { from(source: unknown): Uint8Array };

/**
 * A copy of a text: of one that is a part of another, which would be kept whole for its sake.
 * @param text - The text.
 */
export function copyOf(text: string): string {
  return [text.slice(0, 1), text.slice(1)].join("");
}

/** UTF-8 of texts. Jest's jsdom has no `TextEncoder`; there Node's `Buffer` is in its place. */
export function textEncoder(): { encodeInto(text: string, room: Uint8Array): { written: number } } {
  return globalThis.TextEncoder
    ? new TextEncoder()
    : {
        encodeInto(text, room) {
          const octets = Buffer.from(text);
          room.set(octets);
          return { written: octets.length };
        }
      };
}

/** Texts of UTF-8, as with {@link textEncoder}. */
export function textDecoder(): { decode(octets: Uint8Array): string } {
  return globalThis.TextDecoder
    ? new TextDecoder()
    : { decode: (octets) => `${Buffer.from(octets)}` };
}
