export { SessionState, SignalingState } from "./session.js";
export type { Session } from "./session.js";
export * from "./session-delegate.js";
