#ifndef SIPWASM_SRC_USER_AGENTS_CORE_SCOPE_H_
#define SIPWASM_SRC_USER_AGENTS_CORE_SCOPE_H_

#include <string_view>

#include "base/context.h"
#include "base/deadline_queue.h"
#include "base/handle_map.h"
#include "transactions/transaction_table.h"
#include "transport/flow.h"
#include "user_agents/core_configuration.h"
#include "user_agents/dialog_table.h"
#include "user_agents/event.h"
#include "user_agents/registration.h"
#include "user_agents/user_agent_client.h"
#include "user_agents/user_agent_server.h"
#include "user_agents/wire.h"

namespace sip {

// What all user agents of one core share: its tables. The files beside this one are the chapters of
// RFC 3261 that work on it; user_agent_core.h picks the chapter.
struct CoreScope {
  explicit CoreScope(uint32_t table_secret) : transactions(table_secret), dialogs(table_secret) {}

  CoreHandle handle{};
  Kept<CoreConfiguration> configuration;
  bool disposed = false;
  bool lone_transactions = false;  // whose timers wait for the next wake-up
  Flow flow;
  TransactionTable transactions;
  DialogTable dialogs;

  // User agents stay where they are while others come and go.
  HandleMap<ClientHandle, UserAgentClient> clients;
  HandleMap<ServerHandle, UserAgentServer> servers;
  HandleIndex<TransactionHandle, ClientHandle> client_of;
  HandleIndex<TransactionHandle, ServerHandle> server_of;
  HandleMap<RegistrationHandle, Registration> registrations;
  DeadlineQueue<ClientHandle> client_deadlines;  // of requests that wait to be sent
  DeadlineQueue<ServerHandle> server_deadlines;
  DeadlineQueue<RegistrationHandle> registration_deadlines;

  // Null if it has ended.
  UserAgentClient* FindClient(ClientHandle client) { return clients.Find(client); }
  UserAgentServer* FindServer(ServerHandle server) { return servers.Find(server); }

  // Who started a transaction. Null if it has ended, or nobody did.
  UserAgentClient* ClientOf(TransactionHandle transaction) {
    return FindClient(client_of.Find(transaction).value_or(ClientHandle{}));
  }
  UserAgentServer* ServerOf(TransactionHandle transaction) {
    return FindServer(server_of.Find(transaction).value_or(ServerHandle{}));
  }
};

// Which core a handle belongs to, kept by the Stack.
using HandleOwners = HandleIndex<uint32_t, CoreHandle>;

// One entry into a core: its scope, the time and where events go. Passed down, never kept.
struct Turn {
  CoreScope& core;
  Context& context;
  EventQueue& events;
  HandleOwners& owners;

  Time now() const { return context.now; }

  template <typename Handle>
  Handle NewHandle() {
    const Handle handle = context.handles.Next<Handle>();
    owners.Set(static_cast<uint32_t>(handle), core.handle);
    return handle;
  }

  // The last event of a handle.
  template <typename Handle>
  void Terminate(Handle handle) {
    owners.Erase(static_cast<uint32_t>(handle));
    Emit(Terminated{.handle = static_cast<uint32_t>(handle)});
  }

  template <typename Handle>
  void Transmit(Handle origin, std::string_view text) {
    Emit(Transmitted{.core = core.handle, .origin = static_cast<uint32_t>(origin), .text = text});
  }
  void Log(LogLevel level, std::string_view category, std::string_view text) {
    Emit(Logged{.core = core.handle, .level = level, .category = category, .text = text});
  }
  template <typename Each>
  void Emit(Each event) {
    events.Push(event);
  }
};

}  // namespace sip

#endif  // SIPWASM_SRC_USER_AGENTS_CORE_SCOPE_H_
