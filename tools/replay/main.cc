// sip_replay FILE [--texts] [--write FILE]: runs a trace (tests/support/trace.h), as tests/traces
// has them and userAgent.trace() gives them, and prints its ladder: what went in and what came out,
// one line each, with whole messages if asked, and below a line what is different now. --write
// keeps the session as it went now, in the form of tests/traces.
//
// Ends with 0 if all came out as recorded, 1 if not, 2 if the file, or a line of it, cannot be
// read.
#include <cstdint>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/json_wire.h"
#include "tests/support/replay.h"

namespace {

using sip::Json;

bool show_texts = false;

std::string FirstLine(const std::string& text) {
  return text.substr(0, text.find_first_of("\r\n"));
}

std::string Text(const Json& json, const char* key) { return json.value(key, std::string()); }

// The start line of a message, and all of it if asked.
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

void PrintTime(const Json& line, double start) {
  if (line.contains("at")) {
    const double seconds = (line["at"].get<double>() - start) / 1000;
    std::cout << std::fixed << std::setprecision(3) << std::setw(9) << seconds;
  } else {
    std::cout << std::string(9, ' ');
  }
}

void Print(const Json& line, double start) {
  PrintTime(line, start);
  if (line.contains("perform")) {
    std::cout << " => ";
    PrintFields(line["perform"]);
    if (line.contains("error")) {
      const std::string reason = FirstLine(Text(line.value("reply", Json::object()), "text"));
      std::cout << "          refused: " << (reason.empty() ? line["error"].dump() : reason)
                << "\n";
    }
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
      std::cout << "at " << (line["deadline"].get<double>() - start) / 1000 << "\n";
    }
  } else {
    std::cout << "    " << sip::Line(line) << "\n";
  }
}

void PrintLadder(const sip::Replay& replay) {
  double start = -1;
  for (size_t i = 0; i < replay.lines.size(); ++i) {
    const auto& [line, differences] = replay.lines[i];
    const bool is_last = i + 1 == replay.lines.size();
    const bool brings_nothing = is_last || replay.lines[i + 1].line.contains("at");
    // Of the time that passes much is noted for others.
    if (line.contains("advance") && brings_nothing && differences.empty()) continue;
    if (start < 0 && line.contains("at")) start = line["at"].get<double>();
    Print(line, start);
    for (const std::string& difference : differences) {
      std::cout << "          ^ " << difference << "\n";
    }
  }
  if (replay.unknown > 0) {
    std::cout << replay.unknown << " lines are of what began before the recording.\n";
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::string path;
  std::string written;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--texts") {
      show_texts = true;
    } else if (argument == "--write" && i + 1 < argc) {
      written = argv[++i];
    } else {
      path = argument;
    }
  }
  if (path.empty()) {
    std::cerr << "usage: sip_replay FILE [--texts] [--write FILE]\n";
    return 2;
  }
  std::ifstream file(path);
  if (!file.is_open()) {
    std::cerr << path << ": cannot be read\n";
    return 2;
  }
  std::vector<std::string> recorded;
  for (std::string line; std::getline(file, line);) recorded.push_back(line);

  const sip::Replay replay = sip::RunAgain(recorded);
  PrintLadder(replay);
  if (!written.empty()) std::ofstream(written) << replay.trace.Text();
  for (const std::string& error : replay.errors) std::cerr << path << ": " << error << "\n";
  if (!replay.errors.empty()) return 2;
  return replay.same ? 0 : 1;
}
