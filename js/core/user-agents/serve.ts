import type { IncomingRequestMessage } from "../messages/incoming-request-message.js";
import { NonInviteServerTransaction } from "../transactions/non-invite-server-transaction.js";
import type { UserAgentCore } from "../user-agent-core/user-agent-core.js";
import { MessageUserAgentServer } from "./message-user-agent-server.js";
import { UserAgentServer } from "./user-agent-server.js";

/**
 * How requests of a method are served: the class of the server, made of a dialog or the core, what
 * answers the request if the delegate has no method for it, and the name of that.
 */
export type Service = readonly [
  server: new (on: never, message: IncomingRequestMessage) => UserAgentServer,
  statusCode: number,
  name: string
];

/**
 * Serves a request: gives it to a delegate, or answers it.
 * @param services - How, by method.
 * @param on - The dialog that it came in, or the core.
 * @param core - The core.
 * @param message - The request.
 * @param delegate - The delegate.
 */
export function serve(
  services: ReadonlyMap<string, Service>,
  on: unknown,
  core: UserAgentCore,
  message: IncomingRequestMessage,
  delegate: object | undefined
): void {
  const { method } = message;
  const service = services.get(method);
  if (!service) {
    // RFC 3261 section 15.1.2: "If the BYE does not match an existing dialog, the UAS core SHOULD
    // generate a 481 (Call/Transaction Does Not Exist) response".
    const refused = method === "BYE" ? 481 : 405;
    const server = new UserAgentServer(NonInviteServerTransaction, core, message);
    server.reject({ statusCode: refused });
    return;
  }
  const [Server, statusCode, name] = service;
  const server = new Server((Server === MessageUserAgentServer ? core : on) as never, message);
  if (method === "INVITE" && on === core) {
    server.trying();
  }
  const told = delegate as { [name: string]: ((server: UserAgentServer) => void) | undefined };
  if (told?.[name]) {
    told[name](server);
  } else if (statusCode === 200) {
    server.accept();
  } else {
    // RFC 6086 section 4.2.2: "the UA MUST send a 469 (Bad Info Package) response (see Section
    // 11.6), which contains a Recv-Info header field".
    const extraHeaders = statusCode === 469 ? ["Recv-Info:"] : [];
    server.reject({ statusCode, extraHeaders });
  }
}
