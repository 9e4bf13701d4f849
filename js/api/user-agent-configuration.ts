import type { Logger } from "../core/log/logger.js";
import { nobody } from "../core/log/nobody.js";
import { createRandomToken } from "../core/messages/utils.js";
import { AcceptedContentTypes } from "../core/user-agent-core/allowed-methods.js";
import { URI } from "../grammar/uri.js";
import { SIPExtension, UserAgentRegisteredOptionTags } from "./user-agent-options.js";
import type { UserAgentOptions } from "./user-agent-options.js";
import { name, version } from "./version.js";

/** The options whose defaults depend on the platform. */
type PlatformOptions = "transportConstructor" | "sessionDescriptionHandlerFactory";

/** Options that SIP.js does not have: they stay out of what `configuration` lists. */
type OwnOptions = "acceptedContentTypes" | "maxMessageSize" | "traceSize";

/** What the other options of a user agent are if they are not given, and not random. */
function defaultOptions(): Required<
  Omit<UserAgentOptions, PlatformOptions | OwnOptions | "preloadedRouteSet" | "uri">
> {
  return {
    allowLegacyNotifications: false,
    authorizationHa1: "",
    authorizationPassword: "",
    authorizationUsername: "",
    contactName: "",
    contactParams: { transport: "ws" },
    delegate: {},
    displayName: "",
    forceRport: false,
    gracefulShutdown: true,
    hackAllowUnregisteredOptionTags: false,
    hackIpInContact: false,
    hackViaTcp: false,
    instanceId: "",
    instanceIdAlwaysAdded: false,
    logBuiltinEnabled: true,
    logConfiguration: true,
    logConnector: nobody,
    logLevel: "log",
    noAnswerTimeout: 60,
    reconnectionAttempts: 0,
    reconnectionDelay: 4,
    sendInitialProvisionalResponse: true,
    sessionDescriptionHandlerFactoryOptions: {},
    sipExtension100rel: SIPExtension.Unsupported,
    sipExtensionReplaces: SIPExtension.Unsupported,
    sipExtensionExtraSupported: [],
    sipjsId: "",
    transportOptions: {},
    userAgentString: `${name}/${version}`,
    viaHost: ""
  };
}

/** The options of a user agent that were given, and random ones. It inherits the others. */
class Options {}

/**
 * The options of a user agent to be read only, as those that were not given it shares with others.
 * @param options - What was given. Undefined counts as not given.
 * @param platform - The defaults that depend on the platform.
 */
export function optionsOf(
  options: Partial<UserAgentOptions>,
  platform: Required<Pick<UserAgentOptions, PlatformOptions>>
): Required<UserAgentOptions> {
  const shared = Options.prototype as UserAgentOptions;
  if (!shared.logLevel) Object.assign(shared, defaultOptions(), platform);
  const result = Object.assign(new Options(), given(options)) as Required<UserAgentOptions>;
  // Not shared, as the core has it too.
  result.preloadedRouteSet ??= [];
  result.uri ??= new URI("sip", "anonymous." + createRandomToken(6), "anonymous.invalid");
  if (options.sessionDescriptionHandlerFactory && !options.acceptedContentTypes) {
    // What it understands is the application's to say.
    result.acceptedContentTypes = anything;
  }
  result.sipjsId ||= createRandomToken(5);
  if (result.hackIpInContact) {
    // RFC 5737: 192.0.2.0/24 is for documentation, nobody has such an address.
    const last = 1 + (parseInt(createRandomToken(4, 16), 16) % 254);
    result.viaHost =
      typeof result.hackIpInContact === "string" ? result.hackIpInContact : `192.0.2.${last}`;
  }
  result.viaHost ||= createRandomToken(12) + ".invalid";
  return result;
}

/**
 * The options of a user agent, complete and its own.
 * @param options - What `optionsOf` or this gave.
 */
export function complete(options: Required<UserAgentOptions>): Required<UserAgentOptions> {
  // Without those of our own, whose defaults are the core's.
  return options instanceof Options
    ? { ...Options.prototype, ...defaultOptions(), ...options }
    : options;
}

const anything = [...AcceptedContentTypes, "*/*"];

/** Those of the options that are not undefined. */
export function given<T extends object>(options: T): T {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined)
  ) as T;
}

/**
 * The option tags of Supported.
 * @param options - The options of the user agent.
 */
export function optionTags(options: Required<UserAgentOptions>): string[] {
  const tags = ["outbound"];
  if (options.sipExtension100rel !== SIPExtension.Unsupported) {
    tags.push("100rel");
  }
  if (options.sipExtensionReplaces !== SIPExtension.Unsupported) {
    tags.push("replaces");
  }
  const extra = options.sipExtensionExtraSupported.filter(
    (tag) => options.hackAllowUnregisteredOptionTags || UserAgentRegisteredOptionTags[tag]
  );
  return [...new Set([...tags, ...extra])];
}

/**
 * Tells the log of options, but not of secrets.
 * @param logger - The logger.
 * @param options - The options.
 */
export function logOptions(logger: Logger, options: object): void {
  logger.log("Configuration:");
  for (const [name, value] of Object.entries(options) as Array<[string, unknown]>) {
    logger.log(`· ${name}: ${/(Password|Ha1)$/.test(name) ? "NOT SHOWN" : show(value)}`);
  }
}

function show(value: unknown): string {
  try {
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  } catch {
    return String(value);
  }
}

/** A random UUID, version 4 (RFC 9562 section 5.4). */
export function newUUID(): string {
  return "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx".replace(/x/g, () => createRandomToken(1, 16));
}

/**
 * Refuses what is no UUID (RFC 9562 section 4).
 * @throws Error "Invalid instanceId."
 */
export function checkUUID(instanceId: string): string {
  if (!/^[\da-f]{8}(-[\da-f]{4}){4}[\da-f]{8}$/i.test(instanceId)) {
    throw new Error("Invalid instanceId.");
  }
  return instanceId;
}
