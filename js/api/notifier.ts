/**
 * The peer of a subscriber. It has no members, as in SIP.js.
 * @internal
 */
export class Notifier {}
