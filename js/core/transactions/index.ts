export * from "./transaction-state.js";
export * from "./transaction-user.js";
