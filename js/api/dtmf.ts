import type { IncomingInfoRequest } from "../core/messages/methods/info.js";
import { Info } from "./info.js";

/**
 * A DTMF tone that came in by INFO.
 * @deprecated Use `Info`.
 * @internal
 */
export class DTMF extends Info {
  /**
   * @param incomingInfoRequest - The INFO.
   * @param tone - The tone.
   * @param duration - Its duration in milliseconds.
   * @internal
   */
  constructor(
    incomingInfoRequest: IncomingInfoRequest,
    private _tone: string,
    private _duration: number
  ) {
    super(incomingInfoRequest);
  }

  /** A digit, A to D, # or *. */
  get tone(): string {
    return this._tone;
  }

  /** In milliseconds. */
  get duration(): number {
    return this._duration;
  }
}
