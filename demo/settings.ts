/** Who signs in where: from the address bar, and from the server that serves the page. */

/** What it takes to sign in. */
export interface Settings {
  user: string;
  password: string;
  /** WebSocket URL of the SIP server. */
  server: string;
  /** SIP domain of the user. */
  realm: string;
}

/** A user of the embedded server. */
export interface Account {
  user: string;
  name: string;
  password: string;
}

/** What the server of the page says about itself. */
export interface Config {
  embedded: boolean;
  server?: string;
  realm?: string;
  user?: string;
  password?: string;
  accounts?: Account[];
}

/** Asks the server of the page; a page from elsewhere starts with empty fields. */
export async function loadConfig(): Promise<Config> {
  try {
    const response = await fetch("config.json");
    return response.ok ? ((await response.json()) as Config) : { embedded: false };
  } catch {
    return { embedded: false };
  }
}

/**
 * The settings to begin with; what is missing is empty. Takes `user`, `password`, `server` and `realm`
 * from the query, and takes the password out of the address bar, which is seen and kept.
 */
export function readSettings(config: Config): Settings {
  const query = new URLSearchParams(location.search);
  const user = query.get("user") ?? config.user ?? "";
  const account = config.accounts?.find((candidate) => candidate.user === user);
  const isOwnUser = user === config.user || config.user === undefined;
  const password = query.get("password") ?? account?.password ?? (isOwnUser ? config.password : "");
  const here = config.embedded ? ownServer() : "";
  if (query.has("password")) {
    query.delete("password");
    history.replaceState(null, "", `?${query}`);
  }
  return {
    user,
    password: password ?? "",
    server: query.get("server") ?? config.server ?? here,
    realm: query.get("realm") ?? config.realm ?? ""
  };
}

/** Settings that are complete enough to sign in without asking. */
export function isComplete({ user, password, server, realm }: Settings): boolean {
  return [user, password, server, realm].every((value) => value !== "");
}

/** The address of the same page for another user of the embedded server. */
export function pageFor(user: string): string {
  return `?${new URLSearchParams({ user })}`;
}

function ownServer(): string {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/sip`;
}
