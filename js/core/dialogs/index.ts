export * from "./dialog.js";
export * from "./session-dialog.js";
