#include "tests/support/json_wire.h"

#include <cstddef>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "messages/builder.h"
#include "tests/support/keep.h"

namespace sip {
namespace {

std::string Text(std::string_view text) { return std::string(text); }

// The parts that js/engine's MessageIndex has, under its names.
Json MessageToJson(const Message& message) {
  Json fields = Json::array();
  for (const HeaderField& field : message.fields()) {
    fields.push_back({Text(field.name), Text(field.value)});
  }
  Json json = {{"status", message.status()},         {"method", Text(message.cseq().method)},
               {"uri", Text(message.request_uri())}, {"reason", Text(message.reason())},
               {"callId", Text(message.call_id())},  {"fromTag", Text(message.from_tag())},
               {"toTag", Text(message.to_tag())},    {"branch", Text(message.via().branch())},
               {"cseq", message.cseq().number},      {"fields", std::move(fields)},
               {"body", Text(message.body())}};
  return json;
}

class JsonWriter {
 public:
  explicit JsonWriter(Json& out) : out_(out) {}

  void operator()(const char* name, std::string_view value) { out_[name] = Text(value); }
  void operator()(const char* name, bool value) { out_[name] = value; }
  void operator()(const char* name, const HeaderLines& lines) {
    out_[name] = Json::array();
    std::string_view rest = lines.text;
    while (!rest.empty()) {
      const std::string_view line = NextLine(rest);
      out_[name].push_back(Text(line.substr(0, line.size() - 2)));
    }
  }
  void operator()(const char* name, const List<std::string_view>& list) {
    out_[name] = std::vector<std::string>(list.begin(), list.end());
  }
  void operator()(const char* name, const Message* message) {
    out_[name] = message == nullptr ? Json(nullptr) : MessageToJson(*message);
  }
  template <typename Number>
  void operator()(const char* name, Number value) {
    out_[name] = static_cast<uint32_t>(value);
  }

 private:
  Json& out_;
};

class JsonReader {
 public:
  explicit JsonReader(const Json& json) : json_(json) {}
  bool ok() const { return ok_; }

  void operator()(const char* name, std::string_view& value) {
    const Json* found = Find(name, [](const Json& json) { return json.is_string(); });
    if (found != nullptr) value = Keep(found->get<std::string>());
  }
  void operator()(const char* name, bool& value) {
    const Json* found = Find(name, [](const Json& json) { return json.is_boolean(); });
    if (found != nullptr) value = found->get<bool>();
  }
  void operator()(const char* name, HeaderLines& lines) {
    const Json* found = Find(name, [](const Json& json) { return json.is_array(); });
    if (found == nullptr) return;
    std::vector<std::string> list;
    for (const Json& each : *found) {
      ok_ = ok_ && each.is_string();
      if (each.is_string()) list.push_back(each.get<std::string>());
    }
    lines = Lines(list);
  }
  template <typename Number>
  void operator()(const char* name, Number& value) {
    const Json* found = Find(name, [](const Json& json) { return json.is_number_unsigned(); });
    if (found != nullptr) value = static_cast<Number>(found->get<uint32_t>());
  }

 private:
  template <typename Predicate>
  const Json* Find(const char* name, Predicate fits) {
    const auto found = json_.find(name);
    if (found == json_.end()) return nullptr;
    if (fits(*found)) return &*found;
    ok_ = false;
    return nullptr;
  }

  const Json& json_;
  bool ok_ = true;
};

template <typename Variant>
Json VariantToJson(const Variant& variant) {
  return std::visit(
      [](auto each) {  // a copy: Fields() is not const
        Json json = {{"type", decltype(each)::kName}};
        JsonWriter writer(json);
        each.Fields(writer);
        return json;
      },
      variant);
}

template <size_t Index = 0>
std::optional<Command> ReadAs(std::string_view type, JsonReader& reader) {
  if constexpr (Index < std::variant_size_v<Command>) {
    using Each = std::variant_alternative_t<Index, Command>;
    if (type != Each::kName) return ReadAs<Index + 1>(type, reader);
    Each command;
    command.Fields(reader);
    if (!reader.ok()) return std::nullopt;
    return Command(std::move(command));
  } else {
    return std::nullopt;
  }
}

}  // namespace

Json ToJson(const Command& command) { return VariantToJson(command); }
Json ToJson(const Event& event) { return VariantToJson(event); }
Json ToJson(const Reply& reply) { return {{"handle", reply.handle}, {"text", reply.text}}; }

std::optional<Command> ReadCommandJson(const Json& json) {
  const auto type = json.find("type");
  if (type == json.end() || !type->is_string()) return std::nullopt;
  JsonReader reader(json);
  return ReadAs(type->get<std::string>(), reader);
}

std::string Line(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<Json> ReadJson(std::string_view line) {
  Json json = Json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) return std::nullopt;
  return json;
}

}  // namespace sip
