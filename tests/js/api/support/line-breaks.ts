import { describe, expect, it } from "vitest";

/** What an application can hand over that ends in a header field, and how it does so. */
export type Doors = Array<[name: string, knock: (evil: string) => unknown]>;

/** No message has a header field of the name that stands behind the line break. */
function expectNothingSmuggled(sent: string[] = []): void {
  for (const message of sent) {
    const [head] = message.split("\r\n\r\n");
    expect(head).not.toMatch(/(^|[\r\n\0])X-Evil/);
  }
}

/**
 * Knocks at each door with each kind of line break.
 * @param refusing - Where it is refused by an error, thrown or rejected.
 * @param harmless - Where it goes out escaped, or not at all.
 * @param sent - What has been sent.
 */
export function describeDoors(
  refusing: Doors,
  harmless: Doors,
  sent: () => string[] | undefined
): void {
  describe.each(["\r\n", "\n", "\r", "\0"])("A line break %j", (lineBreak) => {
    const evil = `x${lineBreak}X-Evil: 1`;

    it.each(refusing)("is refused by %s", async (_, knock) => {
      await expect((async () => knock(evil))()).rejects.toThrow(Error);
      expectNothingSmuggled(sent());
    });

    it.each(harmless)("does no harm in %s", async (_, knock) => {
      await knock(evil);
      expectNothingSmuggled(sent());
    });
  });
}
