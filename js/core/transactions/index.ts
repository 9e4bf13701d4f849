export { ClientTransaction } from "./client-transaction.js";
export * from "./invite-client-transaction.js";
export * from "./invite-server-transaction.js";
export * from "./non-invite-client-transaction.js";
export * from "./non-invite-server-transaction.js";
export * from "./server-transaction.js";
export * from "./transaction-state.js";
export * from "./transaction-user.js";
export { Transaction } from "./transaction.js";
