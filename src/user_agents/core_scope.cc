#include "user_agents/core_scope.h"

namespace sip {

UserAgentClient* CoreScope::FindClient(ClientHandle client) {
  const auto found = clients.find(client);
  return found == clients.end() ? nullptr : found->second.get();
}

UserAgentServer* CoreScope::FindServer(ServerHandle server) {
  const auto found = servers.find(server);
  return found == servers.end() ? nullptr : found->second.get();
}

}  // namespace sip
