export * from "./dialog.js";
export type * from "./dialog-state.js";
export * from "./session-dialog.js";
export * from "./subscription-dialog.js";
