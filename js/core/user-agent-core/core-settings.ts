import { AcceptedContentTypes, AllowedMethods } from "./allowed-methods.js";
import type { UserAgentCoreConfiguration } from "./user-agent-core-configuration.js";

/**
 * The values of the fields of `CreateCore`, in their order, with lists in the place of texts: asked for
 * with each message, these are faster to compare.
 */
export type Settings = readonly (string | boolean | number | readonly string[])[];

const allow = AllowedMethods.join();

/** Those of the core that was configured last. */
let latest: Settings = [];

/** What a configuration says at present. Its lists are the application's. */
export function settingsOf(configuration: UserAgentCoreConfiguration): Settings {
  const credentials = configuration.authenticationFactory();
  const protocol = configuration.transportAccessor()?.protocol ?? "WSS";
  return [
    configuration.hackViaTcp ? "TCP" : protocol,
    configuration.viaHost,
    configuration.viaForceRport,
    configuration.contact.toString(),
    configuration.userAgentHeaderFieldValue ?? "",
    configuration.supportedOptionTagsResponse,
    allow,
    configuration.acceptedContentTypes ?? AcceptedContentTypes,
    configuration.routeSet,
    credentials?._username ?? "",
    credentials?._password ?? "",
    credentials?._ha1 ?? "",
    configuration.maxMessageSize ?? 0,
    configuration.loggerFactory._quiet?.() ?? false
  ];
}

/** Settings to be kept. Many are as in other cores; lists are copied, as an application may change them. */
export function kept(settings: Settings): Settings {
  return (latest = settings.map((value, i) =>
    same(value, latest[i]) ? latest[i] : typeof value === "object" ? value.slice() : value
  ));
}

/** Whether settings are the same as those before. */
export function sameSettings(now: Settings, before: Settings): boolean {
  return now.every((value, i) => same(value, before[i]));
}

function same(one: Settings[number], other: Settings[number]): boolean {
  return (
    one === other ||
    (typeof one === "object" &&
      one.length === (other as typeof one | undefined)?.length &&
      one.every((value, i) => value === (other as typeof one)[i]))
  );
}
