import { DigestAuthentication } from "../core/messages/digest-authentication.js";
import type { UserAgentCoreConfiguration } from "../core/user-agent-core/user-agent-core-configuration.js";
import type { UserAgent } from "./user-agent.js";
import { optionTags } from "./user-agent-configuration.js";

/** What a user agent tells its core. */
export function coreConfiguration(userAgent: UserAgent): UserAgentCoreConfiguration {
  const { _options: options } = userAgent;
  const tags = optionTags(options);
  const configuration = {
    __proto__: accessors,
    _userAgent: userAgent,
    aor: options.uri,
    contact: userAgent.contact,
    displayName: options.displayName,
    loggerFactory: userAgent.getLoggerFactory(),
    hackViaTcp: options.hackViaTcp,
    acceptedContentTypes: options.acceptedContentTypes,
    maxMessageSize: options.maxMessageSize,
    traceSize: options.traceSize,
    routeSet: options.preloadedRouteSet,
    supportedOptionTags: tags,
    supportedOptionTagsResponse: tags,
    sipjsId: options.sipjsId,
    userAgentHeaderFieldValue: options.userAgentString,
    viaForceRport: options.forceRport,
    viaHost: options.viaHost
  };
  return configuration as unknown as UserAgentCoreConfiguration;
}

const accessors = {
  authenticationFactory(this: { _userAgent: UserAgent }): DigestAuthentication {
    const { _options: options } = this._userAgent;
    return new DigestAuthentication(
      this._userAgent.getLoggerFactory(),
      options.authorizationHa1,
      options.authorizationUsername || options.uri.user,
      options.authorizationPassword
    );
  },
  transportAccessor(this: { _userAgent: UserAgent }) {
    return this._userAgent.transport;
  }
};
