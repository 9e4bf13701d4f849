/** A user with one call at a time, for pages that need no more. */
export * from "./simple-user.js";
export * from "./simple-user-delegate.js";
export * from "./simple-user-options.js";
