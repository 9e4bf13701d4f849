#ifndef SIPWASM_TESTS_SUPPORT_JSON_WIRE_H_
#define SIPWASM_TESTS_SUPPORT_JSON_WIRE_H_

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "user_agents/command.h"
#include "user_agents/event.h"

// Commands and events as JSON: {"type": "sendRequest", "core": 1, ...}, by the same `Fields` that
// give the wire and the TypeScript types their form. A message is an object of its parts.
namespace sip {

using Json = nlohmann::ordered_json;

Json ToJson(const Command& command);
Json ToJson(const Event& event);
Json ToJson(const Reply& reply);

// Fields that are absent keep their defaults; nullopt for an unknown type, or if a field has the
// wrong one.
std::optional<Command> ReadCommandJson(const Json& json);

// One line of text. What is not UTF-8 in it is replaced.
std::string Line(const Json& json);

// The JSON in a text; nullopt if it is none.
std::optional<Json> ReadJson(std::string_view line);

}  // namespace sip

#endif  // SIPWASM_TESTS_SUPPORT_JSON_WIRE_H_
