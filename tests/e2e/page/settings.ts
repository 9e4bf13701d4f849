import { UserAgent, type UserAgentOptions } from "sipwasm";

/** How a phone is set up. */
export interface PhoneSettings {
  /** The user's name, in the address of record and for authentication. */
  user: string;
  /** The password. */
  password: string;
  /** The SIP domain. */
  domain: string;
  /** The WebSocket address of the server. */
  server: string;
  /** The display name. Default: none. */
  displayName?: string;
  /** Seconds that a connection may take to be made. Default: the package's. */
  connectionTimeout?: number;
}

/** The user agent's options for a phone; what the package logs is added to `log`, one message a line. */
export function agentOptions(settings: PhoneSettings, log: string[]): UserAgentOptions {
  const { user, password, domain, server, displayName, connectionTimeout } = settings;
  const uri = UserAgent.makeURI(`sip:${user}@${domain}`);
  if (!uri) throw new Error("no URI");
  return {
    uri,
    authorizationUsername: user,
    authorizationPassword: password,
    ...(displayName === undefined ? {} : { displayName }),
    transportOptions: {
      server,
      ...(connectionTimeout === undefined ? {} : { connectionTimeout })
    },
    sessionDescriptionHandlerFactoryOptions: { peerConnectionConfiguration: { iceServers: [] } },
    logBuiltinEnabled: false,
    logLevel: "debug",
    logConnector: (level, category, label, content) => {
      log.push(`${new Date().toISOString()} ${level} ${category} ${label ?? ""} ${content}`);
    }
  };
}
