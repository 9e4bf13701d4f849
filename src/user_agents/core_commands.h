#ifndef SIPWASM_SRC_USER_AGENTS_CORE_COMMANDS_H_
#define SIPWASM_SRC_USER_AGENTS_CORE_COMMANDS_H_

#include <cstdint>

#include "base/handles.h"
#include "user_agents/core_configuration.h"

// Commands for a user agent core as a whole. See command.h.
namespace sip {

// RFC 3261 section 8: a user agent core comes to be. Reply: its handle.
struct CreateCore {
  static constexpr char kName[] = "createCore";
  CoreConfiguration configuration;
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    configuration.Fields(field);
  }
};

// Replaces the configuration; holds for messages from then on.
struct ConfigureCore {
  static constexpr char kName[] = "configureCore";
  CoreHandle core{};
  CoreConfiguration configuration;
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("core", core);
    configuration.Fields(field);
  }
};

// Ends the core and everything in it at once, without a word to any peer. Every handle of it gets
// its `terminated`, the core's own comes last.
struct DisposeCore {
  static constexpr char kName[] = "disposeCore";
  CoreHandle core{};
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("core", core);
  }
};

// The transport of this core has connected, or has lost its connection. A lost one fails every
// client transaction at once (RFC 3261 section 17.1.4: a local 503); dialogs, registrations and
// server transactions live on.
struct SetConnected {
  static constexpr char kName[] = "setConnected";
  CoreHandle core{};
  bool connected = false;
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("core", core);
    field("connected", connected);
  }
};

// The transport refused the text that the `transmit` event with this `origin` brought. A client
// gets a local 503 (RFC 3261 section 8.1.3.1), of a server `responseFailed` is told; 0 tells
// nothing.
struct ReportSendFailure {
  static constexpr char kName[] = "reportSendFailure";
  CoreHandle core{};
  uint32_t origin = 0;
  template <typename Visitor>
  constexpr void Fields(Visitor&& field) {
    field("core", core);
    field("origin", origin);
  }
};

}  // namespace sip

#endif  // SIPWASM_SRC_USER_AGENTS_CORE_COMMANDS_H_
