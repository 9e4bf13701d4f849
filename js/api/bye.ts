import { Answerable } from "./answerable.js";

/** A BYE that came in: it ends a `Session`. */
export class Bye extends Answerable {}
