import { Answerable } from "./answerable.js";

/** An INFO that came in. */
export class Info extends Answerable {}
