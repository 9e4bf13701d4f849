#include "grammar/via.h"

#include "grammar/host_port.h"

namespace sip {

bool Via::has_magic_cookie() const {
  // RFC 3261 section 8.1.1.7: "These 7 characters are used as a magic cookie". Parameter values are
  // compared without regard to case.
  return EqualsIgnoreCase(branch().substr(0, 7), "z9hG4bK");
}

std::optional<Via> ParseVia(std::string_view text) {
  Scanner scanner(text);
  Via via;
  scanner.SkipLws();
  via.protocol = scanner.ReadToken();
  if (!scanner.ReadSeparator('/')) return std::nullopt;
  via.version = scanner.ReadToken();
  if (!scanner.ReadSeparator('/')) return std::nullopt;
  via.transport = scanner.ReadToken();
  if (via.protocol.empty() || via.version.empty() || via.transport.empty()) return std::nullopt;
  if (!IsLws(scanner.Peek())) return std::nullopt;
  scanner.SkipLws();
  const std::optional<HostPort> host_port = ReadHostPort(scanner);
  if (!host_port) return std::nullopt;
  via.host = host_port->host;
  via.port = host_port->port;
  via.sent_by = host_port->text;
  via.parameters = Parameters::Read(scanner);
  if (!scanner.AtEnd()) return std::nullopt;
  return via;
}

}  // namespace sip
