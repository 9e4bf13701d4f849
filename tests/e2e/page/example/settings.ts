/** What the server knows of a user, and what the page plays with. */
export interface Settings {
  user: string;
  password: string;
  domain: string;
  server: string;
}

/** What a telephone tells its page. */
export interface Display {
  audio: HTMLAudioElement;
  show: (what: string) => void;
}

/** A telephone for one call at a time. */
export interface Telephone {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  call(destination: string): Promise<void>;
  answer(): Promise<void>;
  decline(): Promise<void>;
  hangup(): Promise<void>;
  hold(): Promise<void>;
  unhold(): Promise<void>;
  mute(): void;
  unmute(): void;
  sendDTMF(tone: string): Promise<void>;
  message(destination: string, text: string): Promise<void>;
}

/** The options that every one of them gives its user agent. */
export function userAgentOptions({ user, password, server }: Settings): {
  authorizationUsername: string;
  authorizationPassword: string;
  transportOptions: { server: string };
  sessionDescriptionHandlerFactoryOptions: object;
  logLevel: "error";
} {
  return {
    authorizationUsername: user,
    authorizationPassword: password,
    transportOptions: { server },
    sessionDescriptionHandlerFactoryOptions: { peerConnectionConfiguration: { iceServers: [] } },
    logLevel: "error"
  };
}
