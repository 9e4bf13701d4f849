// sip_bench_parse MILLISECONDS FILE...: how long it takes to read the message in each file and the
// values of its usual header fields, in nanoseconds, with this parser and, where it was there at
// build time, with that of sofia-sip. Both take turns. Prints JSON: {"FILE": [ours, theirs]}.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <variant>

#include "messages/parser.h"

#ifdef SIP_HAVE_SOFIA
#include <sofia-sip/msg.h>
#include <sofia-sip/msg_parser.h>
#include <sofia-sip/sip.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_parser.h>
#endif

namespace {

using Clock = std::chrono::steady_clock;

// What is read goes here, so that no compiler leaves the reading out.
size_t checksum = 0;

void Use(std::string_view text) { checksum += text.size(); }

void ReadWithOurs(const std::string& text) {
  const auto parsed = sip::ParseMessage(text);
  const auto* message = std::get_if<sip::Message>(&parsed);
  if (message == nullptr) return;
  Use(message->call_id());
  Use(message->from_tag());
  Use(message->from().uri.host);
  Use(message->to_tag());
  Use(message->to().uri.host);
  Use(message->via().branch());
  checksum += message->cseq().number;
  if (const auto contact = message->GetNameAddr(sip::HeaderId::kContact)) Use(contact->uri.host);
  Use(message->Get(sip::HeaderId::kUserAgent).value_or(""));
  Use(message->Get(sip::HeaderId::kAllow).value_or(""));
  Use(message->Get(sip::HeaderId::kContentType).value_or(""));
  Use(message->body());
}

#ifdef SIP_HAVE_SOFIA
void Use(const char* text) { checksum += text == nullptr ? 0 : std::string_view(text).size(); }

void ReadWithSofia(const std::string& text) {
  msg_t* message =
      msg_make(sip_default_mclass(), 0, text.data(), static_cast<ssize_t>(text.size()));
  const sip_t* sip = sip_object(message);
  if (sip != nullptr && sip->sip_from != nullptr && sip->sip_to != nullptr) {
    Use(sip->sip_call_id->i_id);
    Use(sip->sip_from->a_tag);
    Use(sip->sip_from->a_url->url_host);
    Use(sip->sip_to->a_tag);
    Use(sip->sip_to->a_url->url_host);
    Use(sip->sip_via->v_branch);
    checksum += sip->sip_cseq->cs_seq;
    if (sip->sip_contact != nullptr) Use(sip->sip_contact->m_url->url_host);
    if (sip->sip_user_agent != nullptr) Use(sip->sip_user_agent->g_string);
    if (sip->sip_allow != nullptr) checksum += sip->sip_allow->k_items != nullptr;
    if (sip->sip_content_type != nullptr) Use(sip->sip_content_type->c_type);
    if (sip->sip_payload != nullptr) checksum += sip->sip_payload->pl_len;
  }
  msg_destroy(message);
}
#endif

// Nanoseconds for one call of `read`, over at least so long.
double TimeOnce(void (*read)(const std::string&), const std::string& text, double milliseconds) {
  const Clock::time_point begin = Clock::now();
  double elapsed = 0;
  size_t calls = 0;
  do {
    read(text);
    ++calls;
    elapsed = std::chrono::duration<double, std::nano>(Clock::now() - begin).count();
  } while (elapsed < milliseconds * 1e6);
  return elapsed / static_cast<double>(calls);
}

// The median of five turns: in the first of them memory is new, and in any of them the machine may
// be busy with something else, which a large message, read a few hundred times only, shows most.
double Time(void (*read)(const std::string&), const std::string& text, double milliseconds) {
  std::array<double, 5> turns;
  for (double& turn : turns) turn = TimeOnce(read, text, milliseconds / turns.size());
  std::sort(turns.begin(), turns.end());
  return turns[turns.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: sip_bench_parse MILLISECONDS FILE...\n");
    return 2;
  }
  const double milliseconds = std::atof(argv[1]);
  nlohmann::json result;
  for (int i = 2; i < argc; ++i) {
    std::ifstream file(argv[i], std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    result[argv[i]].push_back(Time(ReadWithOurs, text, milliseconds));
#ifdef SIP_HAVE_SOFIA
    result[argv[i]].push_back(Time(ReadWithSofia, text, milliseconds));
#endif
  }
  std::printf("%s\n", result.dump().c_str());
  return checksum == 0;
}
