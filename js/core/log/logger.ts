import { Levels } from "./levels.js";
import type { LoggerFactory } from "./logger-factory.js";

/**
 * Writes log lines of one category (and, at the debug level, of one label) to its factory.
 * Get one from {@link LoggerFactory.getLogger} instead of constructing it.
 */
export class Logger {
  private readonly logger: LoggerFactory;
  private readonly category: string;
  private readonly label: string | undefined;

  constructor(logger: LoggerFactory, category: string, label?: string) {
    this.logger = logger;
    this.category = category;
    this.label = label;
  }

  /**
   * Logs what failed.
   * @param content - The line.
   */
  error(content: string): void {
    this.genericLog(Levels.error, content);
  }

  /**
   * Logs what may be a mistake.
   * @param content - The line.
   */
  warn(content: string): void {
    this.genericLog(Levels.warn, content);
  }

  /**
   * Logs what happens.
   * @param content - The line.
   */
  log(content: string): void {
    this.genericLog(Levels.log, content);
  }

  /**
   * Logs what helps to find a fault.
   * @param content - The line.
   */
  debug(content: string): void {
    this.genericLog(Levels.debug, content);
  }

  /** The level of the factory, shared by all its loggers: setting it here sets it for all. */
  get level(): Levels {
    return this.logger.level;
  }

  set level(newLevel: Levels) {
    this.logger.level = newLevel;
  }

  private genericLog(level: Levels, content: string): void {
    this.logger.genericLog(level, this.category, this.label, content);
  }
}
