import { DigestAuthentication } from "../core/messages/digest-authentication.js";
import type { UserAgentCoreConfiguration } from "../core/user-agent-core/user-agent-core-configuration.js";
import type { UserAgent } from "./user-agent.js";
import { optionTags } from "./user-agent-configuration.js";

/** What a user agent tells its core. */
export function coreConfiguration(userAgent: UserAgent): UserAgentCoreConfiguration {
  const { _options: options } = userAgent;
  const loggerFactory = userAgent.getLoggerFactory();
  return {
    aor: options.uri,
    contact: userAgent.contact,
    displayName: options.displayName,
    loggerFactory,
    hackViaTcp: options.hackViaTcp,
    acceptedContentTypes: options.acceptedContentTypes,
    maxMessageSize: options.maxMessageSize,
    traceSize: options.traceSize,
    routeSet: options.preloadedRouteSet,
    supportedOptionTags: optionTags(options),
    supportedOptionTagsResponse: optionTags(options),
    sipjsId: options.sipjsId,
    userAgentHeaderFieldValue: options.userAgentString,
    viaForceRport: options.forceRport,
    viaHost: options.viaHost,
    // As `configuration` has them at the time: `options` may be replaced by a complete copy.
    authenticationFactory: () => {
      const { authorizationHa1, authorizationUsername, authorizationPassword, uri } =
        userAgent._options;
      return new DigestAuthentication(
        loggerFactory,
        authorizationHa1,
        authorizationUsername || uri.user,
        authorizationPassword
      );
    },
    transportAccessor: () => userAgent.transport
  };
}
