export * from "./user-agent-core.js";
export type * from "./user-agent-core-configuration.js";
export type * from "./user-agent-core-delegate.js";
