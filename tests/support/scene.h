#ifndef SIPWASM_TESTS_SUPPORT_SCENE_H_
#define SIPWASM_TESTS_SUPPORT_SCENE_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "tests/support/party.h"
#include "tests/support/peer.h"

namespace sip {

// Where a scenario plays: parties (each a Stack) and peers (each a script) on one wire, with one
// virtual clock. What is sent arrives at once unless the test says otherwise, and nothing happens
// but by the test's orders and by deadlines that `Wait` passes.
//
// At its end a scene waits for everything to settle and expects that nothing is left: no handle but
// the cores', no deadline, nothing that happened and was not looked at.
class Scene {
 public:
  Scene();
  ~Scene();

  Party& AddParty(std::string name, CoreConfiguration configuration = {});
  Peer& AddPeer(std::string name);

  Time now() const { return now_; }

  // Lets time pass, deadline by deadline.
  void Wait(Duration duration);

  // Time passes but nobody is woken, as in a page that the browser has put to sleep.
  void Sleep(Duration duration) { now_ += duration; }

  // What went over the wire since it was last asked, one arrow each: "alice -> INVITE -> bob",
  // "bob -> 180 INVITE -> alice"; a lost message ends in "x".
  std::vector<std::string> Ladder() { return std::move(ladder_); }

  // The same with its time: "0.5 alice -> INVITE -> bob", in seconds since the scene began.
  std::vector<std::string> TimedLadder() { return std::move(timed_ladder_); }

  // Forgets what has happened so far: it is another test's business.
  void Forget();

  // Settles and checks, as the destructor would, and nothing is checked any more after that.
  void Finish();

  // How the wire treats a message.
  struct Packet {
    std::string from;
    std::string to;
    std::string text;
    std::string what;  // "INVITE" or "180 INVITE"
  };
  Duration delay = ZeroDuration();
  std::function<bool(const Packet&)> loses = nullptr;       // true: it never arrives
  std::function<bool(const Packet&)> duplicates = nullptr;  // true: it arrives twice

  // True: it is held back until `Release`.
  std::function<bool(const Packet&)> holds = nullptr;
  void Release();  // what is held arrives now, in order; and nothing is held any more

  // Who gets what a sender sends, in what form; by default everybody else gets it as it is.
  using Routed = std::vector<std::pair<std::string, std::string>>;  // name, text
  std::function<Routed(const std::string& from, const std::string& text)> routes = nullptr;

  // Called by parties and peers.
  void Send(const std::string& from, const std::string& text);
  void Deliver();

 private:
  struct Flight {
    Time arrives;
    Packet packet;
  };
  void Carry(Packet packet);
  void Arrive(const Packet& packet);
  Time NextDeadline() const;
  void WakeParties();

  Time start_;
  Time now_;
  std::vector<std::unique_ptr<Party>> parties_;
  std::vector<std::unique_ptr<Peer>> peers_;
  std::deque<Flight> flights_;
  std::deque<Packet> held_;
  std::vector<std::string> ladder_;
  std::vector<std::string> timed_ladder_;
  bool delivering_ = false;
  bool finished_ = false;
};

// Alice and bob, connected with each other.
struct TwoParties : Scene {
  Party& alice = AddParty("alice");
  Party& bob = AddParty("bob");

  // alice -> INVITE -> bob, answered at once. What happened until then is forgotten.
  void Call();
};

// Alice, and a peer that says what the test writes for it.
struct OnePartyAndPeer : Scene {
  Party& alice = AddParty("alice");
  Peer& bob = AddPeer("bob");
};

// "INVITE" of a request, "180 INVITE" of a response.
std::string WhatIs(std::string_view text);

}  // namespace sip

#endif  // SIPWASM_TESTS_SUPPORT_SCENE_H_
