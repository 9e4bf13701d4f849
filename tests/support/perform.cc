#include "tests/support/perform.h"

#include <cstdint>
#include <string_view>
#include <utility>
#include <variant>

#include "tests/support/keep.h"

namespace sip {
namespace {

class CommandWriter {
 public:
  Wire out;

  void Word(size_t word) { out.words.push_back(static_cast<int32_t>(word)); }
  void operator()(const char*, std::string_view text) {
    Word(out.text.size());
    Word(text.size());
    out.text += text;
  }
  void operator()(const char* name, const HeaderLines& lines) {
    Word(lines.count);
    (*this)(name, lines.text);
  }
  template <typename Number>
  void operator()(const char*, Number value) {
    Word(static_cast<uint32_t>(value));
  }
};

}  // namespace

Wire WriteCommand(const Command& command) {
  CommandWriter writer;
  writer.Word(command.index());
  std::visit([&](auto each) { each.Fields(writer); }, command);  // a copy: Fields() is not const
  return std::move(writer.out);
}

StatusOr<Reply> Perform(Stack& stack, const Command& command, Time now) {
  Wire wire = WriteCommand(command);
  const std::string_view text = Keep(std::move(wire.text));  // a status may point at it
  Reply reply;
  if (Status status = stack.Perform({wire.words, text}, now, reply); !status.ok()) {
    return status;
  }
  return reply;
}

}  // namespace sip
