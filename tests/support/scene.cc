#include "tests/support/scene.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <utility>

#include "base/str_cat.h"

namespace sip {
namespace {

// See tests/traces/README.md.
void RecordTrace(const std::string& party, const Trace& trace) {
  if (std::getenv("SIP_RECORD_TRACES") == nullptr) return;
  const testing::TestInfo* test = testing::UnitTest::GetInstance()->current_test_info();
  const std::string path = StrCat(SIP_TEST_DIR "/traces/", test->test_suite_name(), ".",
                                  test->name(), ".", party, ".jsonl");
  if (!std::filesystem::exists(path)) return;
  std::ofstream(path, std::ios::binary) << trace.Text();
}

}  // namespace

Scene::Scene() : start_(FromUnixSeconds(1'000'000)), now_(start_) {}

Scene::~Scene() {
  if (!finished_) Finish();
}

Party& Scene::AddParty(std::string name, CoreConfiguration configuration) {
  parties_.push_back(std::make_unique<Party>(
      name, std::move(configuration),
      WireEnd{.send = [this, name](const std::string& text) { Send(name, text); },
              .deliver = [this] { Deliver(); },
              .clock = [this] { return now_; }}));
  return *parties_.back();
}

Peer& Scene::AddPeer(std::string name) {
  peers_.push_back(std::make_unique<Peer>(name, [this, name](const std::string& text) {
    Send(name, text);
    Deliver();
  }));
  return *peers_.back();
}

void Scene::Wait(Duration duration) {
  const Time end = now_ + duration;
  for (;;) {
    Deliver();
    Time next = NextDeadline();
    for (const Flight& flight : flights_) next = std::min(next, flight.arrives);
    if (next > end) break;
    now_ = std::max(now_, next);
    Deliver();
    WakeParties();
  }
  now_ = end;
}

Time Scene::NextDeadline() const {
  Time next = InfiniteFuture();
  for (const auto& party : parties_) next = std::min(next, party->stack.deadline());
  return next;
}

void Scene::WakeParties() {
  for (const auto& party : parties_) {
    if (party->stack.deadline() <= now_) party->Advance();
  }
}

void Scene::Forget() {
  ladder_.clear();
  timed_ladder_.clear();
  for (const auto& party : parties_) party->Heard();
}

void Scene::Finish() {
  finished_ = true;
  Release();
  Wait(Minutes(10));
  EXPECT_THAT(ladder_, testing::IsEmpty()) << "messages that were not looked at";
  for (const auto& party : parties_) {
    std::vector<std::string> heard = party->Heard();
    std::erase_if(heard, [](const std::string& line) { return line.starts_with("terminated"); });
    EXPECT_THAT(heard, testing::IsEmpty()) << "events of " << party->name << " not looked at";
    EXPECT_EQ(party->stack.handle_count(), 1U)
        << "handles that " << party->name << " has left, of which are told: " << party->Living();
    EXPECT_EQ(party->stack.deadline(), InfiniteFuture()) << party->name;
    party->Do(DisposeCore{.core = party->core});
    EXPECT_EQ(party->stack.handle_count(), 0U) << party->name;
    EXPECT_EQ(party->stack.deadline(), InfiniteFuture()) << party->name;
    RecordTrace(party->name, party->trace());
  }
}

void Scene::Send(const std::string& from, const std::string& text) {
  Routed routed;
  if (routes) {
    routed = routes(from, text);
  } else {
    for (const auto& party : parties_) {
      if (party->name != from) routed.emplace_back(party->name, text);
    }
    for (const auto& peer : peers_) {
      if (peer->name != from) routed.emplace_back(peer->name, text);
    }
  }
  for (auto& [to, each] : routed) Carry({from, to, each, WhatIs(each)});
}

void Scene::Carry(Packet packet) {
  const bool lost = loses && loses(packet);
  const std::string arrow =
      StrCat(packet.from, " -> ", packet.what, " -> ", lost ? "x" : packet.to);
  ladder_.push_back(arrow);
  const int64_t tenths = ToInt64Milliseconds(now_ - start_) / 100;
  timed_ladder_.push_back(StrCat(tenths / 10, ".", tenths % 10, " ", arrow));
  if (lost) return;
  if (holds && holds(packet)) {
    held_.push_back(std::move(packet));
    return;
  }
  const bool twice = duplicates && duplicates(packet);
  flights_.push_back({now_ + delay, packet});
  if (twice) flights_.push_back({now_ + delay, std::move(packet)});
}

void Scene::Deliver() {
  if (delivering_) return;
  delivering_ = true;
  for (;;) {
    const auto arrived =
        std::find_if(flights_.begin(), flights_.end(),
                     [this](const Flight& flight) { return flight.arrives <= now_; });
    if (arrived == flights_.end()) break;
    const Packet packet = std::move(arrived->packet);
    flights_.erase(arrived);
    Arrive(packet);
  }
  delivering_ = false;
}

void Scene::Arrive(const Packet& packet) {
  for (const auto& party : parties_) {
    if (party->name == packet.to) party->Receive(packet.text);
  }
  for (const auto& peer : peers_) {
    if (peer->name == packet.to) peer->Receive(packet.text);
  }
}

void Scene::Release() {
  holds = nullptr;
  while (!held_.empty()) {
    flights_.push_back({now_, std::move(held_.front())});
    held_.pop_front();
  }
  Deliver();
}

void TwoParties::Call() {
  alice.Invite(bob.address());
  bob.Answer(bob.server, 200, kAnswer);
  alice.Ack(alice.client, alice.dialog);
  Forget();
}

std::string WhatIs(std::string_view text) {
  const Message message = Read(text);
  if (message.is_request()) return std::string(message.method());
  return StrCat(message.status(), " ", message.cseq().method);
}

}  // namespace sip
