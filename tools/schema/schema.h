#ifndef SIPWASM_TOOLS_SCHEMA_SCHEMA_H_
#define SIPWASM_TOOLS_SCHEMA_SCHEMA_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/str_cat.h"
#include "user_agents/command.h"
#include "user_agents/event.h"

// What crosses the door, in TypeScript: the text of js/engine/wire.ts, from the `Fields` of every
// command and event. Formatted as `npm run format` would.
namespace sip {

struct SchemaField {
  std::string_view name;
  char kind;  // n number, b boolean, t text, h header lines, l list of texts, m message
};

// Collects the names and kinds of the fields of one command or event.
class SchemaVisitor {
 public:
  std::vector<SchemaField> fields;

  void operator()(const char* name, std::string_view&) { fields.push_back({name, 't'}); }
  void operator()(const char* name, bool&) { fields.push_back({name, 'b'}); }
  void operator()(const char* name, HeaderLines&) { fields.push_back({name, 'h'}); }
  void operator()(const char* name, List<std::string_view>&) { fields.push_back({name, 'l'}); }
  void operator()(const char* name, const Message*&) { fields.push_back({name, 'm'}); }
  template <typename Number>
  void operator()(const char* name, Number&) {
    static_assert(std::is_enum_v<Number> || std::is_integral_v<Number>);
    fields.push_back({name, 'n'});
  }
};

struct SchemaRecord {
  std::string_view type;
  std::vector<SchemaField> fields;

  std::string Name() const {
    std::string name(type);
    name[0] = static_cast<char>(name[0] - 'a' + 'A');
    return name;
  }
};

template <typename Variant, size_t... Index>
std::vector<SchemaRecord> SchemaRecords(std::index_sequence<Index...>) {
  const auto record = [](auto each) {
    SchemaVisitor visitor;
    each.Fields(visitor);
    return SchemaRecord{decltype(each)::kName, std::move(visitor.fields)};
  };
  return {record(std::variant_alternative_t<Index, Variant>())...};
}

template <typename Variant>
std::vector<SchemaRecord> SchemaRecords() {
  return SchemaRecords<Variant>(std::make_index_sequence<std::variant_size_v<Variant>>());
}

// How the compiler spells `Value`: "...Signaling::kStable]", or a cast of a number if no enumerator
// has it.
template <auto Value>
std::string_view Spelling() {
  return __PRETTY_FUNCTION__;
}

template <typename Enumeration, size_t... Value>
std::vector<std::string> Enumerators(std::index_sequence<Value...>) {
  std::vector<std::string> names;
  for (std::string_view text : {Spelling<static_cast<Enumeration>(Value)>()...}) {
    text = text.substr(text.find("Value = ") + 8);
    text = text.substr(0, text.find_first_of(";]"));
    if (text.find('(') != std::string_view::npos) break;
    names.emplace_back(text.substr(text.rfind("::k") + 3));
  }
  return names;
}

// `export const Signaling = [...]`: what a number of this enumeration means.
template <typename Enumeration>
std::string SchemaEnumeration(std::string_view name) {
  // More than any of them has.
  const auto names = Enumerators<Enumeration>(std::make_index_sequence<16>());
  const std::string head = StrCat("export const ", name, " = [");
  const std::string line = StrCat(head, "\"", StrJoin(names, "\", \""), "\"] as const;\n");
  if (line.size() <= 101) return line;
  return StrCat(head, "\n  \"", StrJoin(names, "\",\n  \""), "\"\n] as const;\n");
}

inline std::string_view SchemaType(char kind) {
  switch (kind) {
    case 'b':
      return "boolean";
    case 't':
      return "string";
    case 'h':
      return "readonly string[]";
    case 'l':
      return "string[]";
    case 'm':
      return "MessageIndex | null";
    default:
      return "number";
  }
}

inline std::string SchemaInterface(const SchemaRecord& record) {
  std::string text =
      StrCat("export interface ", record.Name(), " {\n  type: \"", record.type, "\";\n");
  for (const SchemaField& field : record.fields) {
    StrAppend(&text, "  ", field.name, ": ", SchemaType(field.kind), ";\n");
  }
  return text + "}\n\n";
}

inline std::string SchemaUnion(std::string_view name, const std::vector<SchemaRecord>& records) {
  std::string text = StrCat("export type ", name, " =");
  for (const SchemaRecord& record : records) StrAppend(&text, "\n  | ", record.Name());
  return text + ";\n\n";
}

// A line for each command, which is its type and its fields with their kinds.
inline std::string SchemaTable(const std::vector<SchemaRecord>& records) {
  std::vector<std::string> lines;
  for (const SchemaRecord& record : records) {
    std::string line(record.type);
    for (const SchemaField& field : record.fields) {
      StrAppend(&line, " ", field.name, ":", std::string(1, field.kind));
    }
    lines.push_back(std::move(line));
  }
  return StrCat("export const COMMANDS = `", StrJoin(lines, "\n"), "`;\n\n");
}

// For each event a function that reads its fields. An object that is written down with all its
// properties takes a tenth of the time of one that is put together by their names.
inline std::string SchemaReaders(const std::vector<SchemaRecord>& records) {
  std::vector<std::string> readers;
  for (const SchemaRecord& record : records) {
    std::string reader = StrCat("  (r) => ({ type: \"", record.type, "\"");
    for (const SchemaField& field : record.fields) {
      StrAppend(&reader, ", ", field.name, ": r.", std::string(1, field.kind), "()");
    }
    readers.push_back(reader + " })");
  }
  return StrCat(
      "// prettier-ignore\nexport const EVENTS: readonly ((r: FieldReader) => Event)[] = [\n",
      StrJoin(readers, ",\n"), "\n];\n\n");
}

// The whole file.
inline std::string WriteSchema() {
  const std::vector<SchemaRecord> commands = SchemaRecords<Command>();
  const std::vector<SchemaRecord> events = SchemaRecords<Event>();
  std::string text =
      "// Generated by `npm run generate` from src/user_agents/command.h and event.h, which say "
      "what\n"
      "// each command, event and field means.\n"
      "import type { MessageIndex } from \"./message-index.js\";\n\n"
      "/** Number (also a handle or an enumeration), boolean, text, header lines. */\n"
      "export type Kind = \"n\" | \"b\" | \"t\" | \"h\";\n\n"
      "/** Names and kinds of fields. */\n"
      "export type Fields = readonly (readonly [name: string, kind: Kind])[];\n\n"
      "/**\n"
      " * Reads the fields of an event one after the other, by their kinds; a list of texts, a "
      "message.\n"
      " * @internal\n"
      " */\n"
      "export interface FieldReader {\n"
      "  n(): number;\n"
      "  b(): boolean;\n"
      "  t(): string;\n"
      "  l(): string[];\n"
      "  m(): MessageIndex | null;\n"
      "}\n\n";
  for (const SchemaRecord& record : commands) text += SchemaInterface(record);
  text += SchemaUnion("Command", commands);
  for (const SchemaRecord& record : events) text += SchemaInterface(record);
  text += SchemaUnion("Event", events);
  text +=
      "/** How commands cross the door, each by its number: its type, its fields in order. */\n";
  text += SchemaTable(commands);
  text += "/** What reads an event, each by its number. */\n";
  text += SchemaReaders(events);
  text += SchemaEnumeration<Signaling>("Signaling");
  text += SchemaEnumeration<SessionState>("SessionState");
  text += SchemaEnumeration<SubscriptionState>("SubscriptionState");
  text += SchemaEnumeration<TransactionState>("TransactionState");
  text += SchemaEnumeration<RegistrationState>("RegistrationState");
  text += SchemaEnumeration<LogLevel>("LogLevel");
  return text;
}

}  // namespace sip

#endif  // SIPWASM_TOOLS_SCHEMA_SCHEMA_H_
