// sip_replay FILE [--texts]: runs a trace (tests/support/trace.h) and prints what went in and what
// came out, one line each, with whole messages if asked. Ends with 1 if something else came out
// than was recorded.
#include <cstdint>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/json_wire.h"
#include "tests/support/trace.h"

namespace {

using sip::Json;

bool show_texts = false;

std::string FirstLine(const std::string& text) {
  return text.substr(0, text.find_first_of("\r\n"));
}

std::string Text(const Json& json, const char* key) { return json.value(key, std::string()); }

// The start line of a message, and where it belongs.
void PrintMessage(const std::string& text) {
  std::cout << FirstLine(text) << "\n";
  if (!show_texts) return;
  std::string_view rest = text;
  while (!rest.empty()) {
    const size_t end = rest.find('\n');
    std::cout << "            | " << rest.substr(0, end) << "\n";
    rest = end == std::string_view::npos ? "" : rest.substr(end + 1);
  }
}

// The fields of an event or command that say something, on one line.
void PrintFields(const Json& json) {
  std::cout << Text(json, "type");
  for (const auto& [name, value] : json.items()) {
    if (name == "type" || value.is_null() || value.empty() || value == "" || value == 0) continue;
    if (name == "message") {
      const int status = value.value("status", 0);
      std::cout << " " << (status == 0 ? "" : std::to_string(status) + " ")
                << Text(value, "method");
    } else if (value.is_string()) {
      std::cout << " " << name << "=" << FirstLine(value.get<std::string>());
    } else {
      std::cout << " " << name << "=" << sip::Line(value);
    }
  }
  std::cout << "\n";
}

void Print(const Json& line, int64_t start) {
  if (line.contains("at")) {
    const double seconds = static_cast<double>(line["at"].get<int64_t>() - start) / 1000;
    std::cout << std::fixed << std::setprecision(3) << std::setw(9) << seconds;
  } else {
    std::cout << std::string(9, ' ');
  }
  if (line.contains("perform")) {
    std::cout << " => ";
    PrintFields(line["perform"]);
    if (line.contains("error")) std::cout << "          refused: " << line["error"] << "\n";
  } else if (line.contains("receive")) {
    std::cout << " <- ";
    PrintMessage(line["receive"].get<std::string>());
  } else if (line.contains("advance")) {
    std::cout << " .. time passes\n";
  } else if (line.contains("event") && Text(line["event"], "type") == "transmit") {
    std::cout << " -> ";
    PrintMessage(Text(line["event"], "text"));
  } else if (line.contains("event")) {
    std::cout << "    ";
    PrintFields(line["event"]);
  } else if (line.contains("deadline")) {
    std::cout << "    wakes ";
    if (line["deadline"].is_null()) {
      std::cout << "never\n";
    } else {
      std::cout << "at " << static_cast<double>(line["deadline"].get<int64_t>() - start) / 1000
                << "\n";
    }
  } else {
    std::cout << "    " << sip::Line(line) << "\n";
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::string path;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--texts") {
      show_texts = true;
    } else {
      path = argument;
    }
  }
  std::ifstream file(path);
  if (!file.is_open()) {
    std::cerr << "usage: sip_replay FILE [--texts]\n";
    return 2;
  }
  std::vector<std::string> recorded;
  for (std::string line; std::getline(file, line);) recorded.push_back(line);

  const sip::Trace rerun = sip::Rerun(recorded);
  int64_t start = -1;
  bool same = true;
  for (size_t i = 0; i < rerun.lines().size(); ++i) {
    const Json line = *sip::ReadJson(rerun.lines()[i]);
    if (start < 0 && line.contains("at")) start = line["at"].get<int64_t>();
    Print(line, start);
    if (same && (i >= recorded.size() || recorded[i] != rerun.lines()[i])) {
      same = false;
      std::cout << "^ line " << i + 1
                << " was recorded as: " << (i < recorded.size() ? recorded[i] : "(nothing)")
                << "\n";
    }
  }
  return same && recorded.size() == rerun.lines().size() ? 0 : 1;
}
