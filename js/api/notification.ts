import { Answerable } from "./answerable.js";

/** A NOTIFY that came in. */
export class Notification extends Answerable {}
