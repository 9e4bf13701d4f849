#include "grammar/via.h"

#include "grammar/host_port.h"

namespace sip {

bool Via::has_magic_cookie() const {
  // RFC 3261 section 8.1.1.7: "These 7 characters are used as a magic cookie". Parameter values are
  // compared without regard to case.
  return EqualsIgnoreCase(branch().substr(0, 7), "z9hG4bK");
}

bool ReadVia(std::string_view text, Via& via) {
  Scanner scanner(text);
  scanner.SkipLws();
  via.protocol = scanner.ReadToken();
  if (!scanner.ReadSeparator('/')) return false;
  via.version = scanner.ReadToken();
  if (!scanner.ReadSeparator('/')) return false;
  via.transport = scanner.ReadToken();
  if (via.protocol.empty() || via.version.empty() || via.transport.empty()) return false;
  if (!IsLws(scanner.Peek())) return false;
  scanner.SkipLws();
  HostPort host_port;
  if (!ReadHostPort(scanner, host_port)) return false;
  via.host = host_port.host;
  via.port = host_port.port;
  via.sent_by = host_port.text;
  via.parameters = Parameters::Read(scanner);
  return scanner.AtEnd();
}

std::optional<Via> ParseVia(std::string_view text) {
  std::optional<Via> via(std::in_place);
  if (!ReadVia(text, *via)) via.reset();
  return via;
}

}  // namespace sip
