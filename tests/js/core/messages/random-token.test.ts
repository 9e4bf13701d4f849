import { expect, it } from "vitest";
import { createRandomToken, newTag } from "../../../../js/core/messages/utils.js";

it("makes random tokens of the digits of a base", () => {
  for (const [base, digits] of [
    [2, "01"],
    [10, "0123456789"],
    [16, "0123456789abcdef"],
    [32, "0123456789abcdefghijklmnopqrstuv"],
    [36, "0123456789abcdefghijklmnopqrstuvwxyz"]
  ] as const) {
    const token = createRandomToken(2000, base);
    expect(token).toHaveLength(2000);
    expect([...new Set(token)].sort().join("")).toBe(digits);
  }
  expect(createRandomToken(2000)).toMatch(/^[0-9a-v]{2000}$/);
  expect(createRandomToken(0)).toBe("");
});

it("makes tags that differ", () => {
  const tags = new Set(Array.from({ length: 100 }, () => newTag()));
  expect(tags.size).toBe(100);
  for (const tag of tags) expect(tag).toMatch(/^[a-z0-9]{10}$/);
});
