import { Levels } from "./levels.js";
import { Logger } from "./logger.js";
import { nobody } from "./nobody.js";

/** Receives every log line, whatever the level in force. */
type LogConnector = (
  level: string,
  category: string,
  label: string | undefined,
  // The content is what the caller passed: a string by type, anything in practice.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  content: any
) => void;

/**
 * Where log lines go: to the console (`builtinEnabled`, up to `level`) and to a `connector` of the
 * application's own, which is given every line whatever the level.
 */
export class LoggerFactory {
  /** If true, lines up to `level` go to the console. Default true. */
  builtinEnabled = true;

  private _level: Levels = Levels.log;
  private _connector: LogConnector | undefined;
  /** By their categories, behind a space as one may be "__proto__". Less than a Map takes. */
  private loggers: { [name: string]: Logger } | undefined;

  /**
   * The highest level that is printed on the console. Default {@link Levels.log}.
   * The names of the levels are accepted as well as their numbers; anything else is logged as an
   * error and ignored.
   */
  get level(): Levels {
    return this._level;
  }

  set level(newLevel: Levels) {
    if (typeof newLevel === "number" && newLevel >= Levels.error) {
      this._level = Math.min(newLevel, Levels.debug);
    } else if (typeof newLevel === "string" && typeof Levels[newLevel] === "number") {
      this._level = Levels[newLevel] as Levels;
    } else {
      this.refuse("level", newLevel);
    }
  }

  /**
   * A function given every line: level name, category, label and content. None by default.
   * Anything that is neither a function nor `null`/`undefined` is logged as an error and ignored.
   */
  get connector(): LogConnector | undefined {
    return this._connector;
  }

  set connector(value: LogConnector | undefined) {
    if (value === null || value === undefined) {
      this._connector = undefined;
    } else if (typeof value === "function") {
      this._connector = value;
    } else {
      this.refuse("connector", value);
    }
  }

  /**
   * The logger of a category: always the same one, except that at the debug level a logger with a
   * label is made for each call and belongs to the caller.
   */
  getLogger(category: string, label?: string): Logger {
    if (label && this.level === Levels.debug) {
      return new Logger(this, category, label);
    }
    this.loggers ??= {};
    return (this.loggers[" " + category] ??= new Logger(this, category));
  }

  /**
   * Whether nobody hears warnings.
   * @internal
   */
  _quiet?(): boolean {
    return (
      (this._connector ?? nobody) === nobody && !(this.builtinEnabled && this.level >= Levels.warn)
    );
  }

  /** Writes one line to the console, if enabled and within the level, then to the connector. */
  genericLog(
    levelToLog: Levels,
    category: string,
    label: string | undefined,
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    content: any
  ): void {
    if (this.builtinEnabled && this.level >= levelToLog) {
      this.print(levelToLog, category, label, content);
    }
    this._connector?.(Levels[levelToLog] ?? String(levelToLog), category, label, content);
  }

  private refuse(name: string, value: unknown): void {
    new Logger(this, "sip:loggerfactory").error(
      `invalid '${name}' parameter value: ` + JSON.stringify(value)
    );
  }

  private print(
    levelToLog: Levels,
    category: string,
    label: string | undefined,
    content: unknown
  ): void {
    const line =
      typeof content === "string"
        ? [new Date(), category, ...(label ? [label] : []), content].join(" | ")
        : content;
    console[Levels[levelToLog] as keyof typeof Levels]?.(line);
  }
}
