import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Levels, LoggerFactory } from "../../../js/core/log/index.js";

type Line = [level: string, category: string, label: string | undefined, content: unknown];

function connected(factory: LoggerFactory): Line[] {
  const lines: Line[] = [];
  factory.connector = (...line) => {
    lines.push(line);
  };
  return lines;
}

describe("LoggerFactory", () => {
  let printed: Array<[method: string, line: unknown]>;

  beforeEach(() => {
    printed = [];
    for (const method of ["error", "warn", "log", "debug"] as const) {
      vi.spyOn(console, method).mockImplementation((line) => {
        printed.push([method, line]);
      });
    }
  });

  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("prints up to the level log by default, each level by its own console method", () => {
    const logger = new LoggerFactory().getLogger("sip.test");
    logger.error("e");
    logger.warn("w");
    logger.log("l");
    logger.debug("d");
    expect(printed.map(([method]) => method)).toEqual(["error", "warn", "log"]);
    expect(printed[2]?.[1]).toMatch(/^.+ \| sip\.test \| l$/);
  });

  it("prints nothing when builtinEnabled is false", () => {
    const factory = new LoggerFactory();
    factory.builtinEnabled = false;
    factory.getLogger("sip.test").error("e");
    expect(printed).toEqual([]);
  });

  it("gives the connector every line whatever the level", () => {
    const factory = new LoggerFactory();
    const lines = connected(factory);
    factory.level = Levels.error;
    factory.builtinEnabled = false;
    factory.getLogger("sip.test").debug("d");
    expect(lines).toEqual([["debug", "sip.test", undefined, "d"]]);
  });

  it("prints content that is not text as it is", () => {
    const content = { a: 1 };
    new LoggerFactory().genericLog(Levels.log, "sip.test", undefined, content);
    expect(printed).toEqual([["log", content]]);
  });

  it("caches one logger per category", () => {
    const factory = new LoggerFactory();
    expect(factory.getLogger("a")).toBe(factory.getLogger("a"));
    expect(factory.getLogger("a", "label")).toBe(factory.getLogger("a"));
    expect(factory.getLogger("constructor")).not.toBe(factory.getLogger("a"));
    factory.getLogger("constructor").log("found");
    expect(printed).toHaveLength(1);
  });

  it("shows labels at the debug level", () => {
    const factory = new LoggerFactory();
    factory.level = Levels.debug;
    const lines = connected(factory);
    factory.getLogger("a", "label").log("l");
    expect(lines).toEqual([["log", "a", "label", "l"]]);
    expect(printed[0]?.[1]).toMatch(/ \| a \| label \| l$/);
  });

  it("shares the level among its loggers", () => {
    const factory = new LoggerFactory();
    factory.getLogger("a").level = Levels.warn;
    expect(factory.level).toBe(Levels.warn);
    expect(factory.getLogger("b").level).toBe(Levels.warn);
  });

  it.each([
    ["debug", Levels.debug],
    ["error", Levels.error],
    [7, Levels.debug]
  ])("takes %s as a level", (given, level) => {
    const factory = new LoggerFactory();
    factory.level = given as Levels;
    expect(factory.level).toBe(level);
  });

  it.each([[-1], ["DEBUG"], [NaN], [undefined], [{}]])(
    "logs and ignores %s as a level",
    (given) => {
      const factory = new LoggerFactory();
      factory.level = given as Levels;
      expect(factory.level).toBe(Levels.log);
      expect(printed[0]?.[1]).toContain("invalid 'level' parameter value");
    }
  );

  it("logs and ignores a connector that is no function, and takes null for none", () => {
    const factory = new LoggerFactory();
    const lines = connected(factory);
    factory.connector = "nonsense" as never;
    expect(lines).toEqual([
      ["error", "sip:loggerfactory", undefined, expect.stringContaining('"nonsense"')]
    ]);
    factory.connector = null as never;
    expect(factory.connector).toBeUndefined();
  });
});
