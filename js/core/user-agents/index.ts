export * from "./invite-user-agent-client.js";
export * from "./invite-user-agent-server.js";
export * from "./publish-user-agent-client.js";
export * from "./re-invite-user-agent-client.js";
export * from "./re-invite-user-agent-server.js";
export * from "./re-subscribe-user-agent-client.js";
export * from "./subscribe-user-agent-client.js";
export * from "./user-agent-client.js";
export { UserAgentServer } from "./user-agent-server.js";
