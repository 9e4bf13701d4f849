import { Answerable } from "./answerable.js";

/** A MESSAGE that came in. */
export class Message extends Answerable {}
