import type {
  BodyAndContentType,
  SessionDescriptionHandler
} from "../../../../js/api/session-description-handler.js";

/** A session description handler that notes what it is asked for. */
export class FakeHandler implements SessionDescriptionHandler {
  /** "get", "set v=...", "rollback", "close", in their order. */
  readonly calls: string[] = [];
  /** The options and the number of modifiers of each call of get and set. */
  readonly options: Array<[unknown, number | undefined]> = [];
  closed = 0;
  /** What the next calls of a kind fail with. */
  failing: { get?: Error; set?: Error; rollback?: Error } = {};

  constructor(readonly name: string) {}

  close(): void {
    this.closed++;
    this.calls.push("close");
  }

  async getDescription(options?: unknown, modifiers?: unknown[]): Promise<BodyAndContentType> {
    this.calls.push("get");
    this.options.push([options, modifiers?.length]);
    if (this.failing.get) {
      throw this.failing.get;
    }
    return { body: `v=0\r\ns=${this.name}\r\n`, contentType: "application/sdp" };
  }

  hasDescription(contentType: string): boolean {
    return contentType === "application/sdp";
  }

  async setDescription(sdp: string, options?: unknown, modifiers?: unknown[]): Promise<void> {
    this.calls.push("set " + (/s=(.*)/.exec(sdp)?.[1] ?? sdp));
    this.options.push([options, modifiers?.length]);
    if (this.failing.set) {
      throw this.failing.set;
    }
  }

  async rollbackDescription(): Promise<void> {
    this.calls.push("rollback");
    if (this.failing.rollback) {
      throw this.failing.rollback;
    }
  }

  sendDtmf(): boolean {
    return true;
  }
}
