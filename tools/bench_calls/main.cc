// sip_bench_calls calls COUNT: makes so many calls between two cores, one after the other, with
// offer and answer, and lets 64*T1 pass. Prints how many microseconds of processor time one took.
// sip_bench_calls dialogs COUNT...: has so many dialogs in each of two cores and sends INFO within
// one after another of them. Prints for each number how many microseconds an INFO and its answer
// took. The same source runs natively and as WebAssembly, so that the two can be compared.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/str_cat.h"
#include "stack/stack.h"
#include "user_agents/command.h"
#include "user_agents/event.h"
#include "user_agents/wire.h"

#ifdef __EMSCRIPTEN__
extern "C" double ProcessorMicroseconds();  // clock.js
#else
double ProcessorMicroseconds() {
  return static_cast<double>(std::clock()) * (1e6 / CLOCKS_PER_SEC);
}
#endif

namespace {

// A command as words and a text.
class Writer {
 public:
  template <typename Each>
  explicit Writer(Each command) {
    Word(sip::kTag<Each, sip::Command>);
    command.Fields(*this);
  }
  void operator()(const char*, std::string_view text) {
    Word(wire.text.size());
    Word(text.size());
    wire.text += text;
  }
  void operator()(const char* name, const sip::HeaderLines& lines) {
    Word(lines.count);
    (*this)(name, lines.text);
  }
  template <typename Number>
  void operator()(const char*, Number value) {
    Word(static_cast<uint32_t>(value));
  }

  sip::Wire wire;

 private:
  void Word(size_t word) { wire.words.push_back(static_cast<int32_t>(word)); }
};

// A WebRTC offer has 4 KB, an answer less. What is in them is no matter here.
const std::string kOffer = "v=0\r\n" + std::string(4000, 'a') + "\r\n";
const std::string kAnswer = "v=0\r\n" + std::string(1500, 'a') + "\r\n";
constexpr char kSdp[] = "application/sdp";

// Alice and Bob, two cores of one stack, and the wire between them.
class Bench {
 public:
  Bench() : stack_(sip::Entropy("bench")) {
    for (const char* name : {"alice", "bob"}) {
      const sip::String contact = sip::StrCat("<sip:", name, "@", name, ".invalid;transport=ws>");
      const uint32_t core =
          Perform(sip::CreateCore{{.sent_by = sip::StrCat(name, ".invalid"),
                                   .contact = contact,
                                   .user_agent = "bench",
                                   .supported = "outbound",
                                   .allow = "ACK,BYE,CANCEL,INFO,INVITE,MESSAGE,NOTIFY,PRACK,REFER",
                                   .accept = kSdp}});
      cores_.push_back(static_cast<sip::CoreHandle>(core));
      Perform(sip::SetConnected{.core = cores_.back(), .connected = true});
    }
  }

  // Establishes a session. Returns Alice's dialog.
  sip::DialogHandle Call() {
    calling_ = true;
    const std::string serial = std::to_string(++calls_);
    const sip::String from = sip::StrCat("<sip:alice@example.com>;tag=a", serial);
    const sip::String call_id = sip::StrCat("call-of-the-benchmark-", serial);
    Perform(sip::SendRequest{.core = cores_[0],
                             .method = "INVITE",
                             .request_uri = "sip:bob@example.com",
                             .from = from,
                             .to = "<sip:bob@example.com>",
                             .call_id = call_id,
                             .cseq = 1,
                             .body = kOffer,
                             .content_type = kSdp});
    Run();
    return dialog_;
  }

  void Send(sip::DialogHandle dialog, std::string_view method) {
    Perform(sip::SendInDialog{.dialog = dialog, .method = method});
    Run();
  }

  // Lets 64*T1 pass, and a moment.
  void Pass() {
    now_ += sip::Seconds(40);
    while (stack_.deadline() <= now_) stack_.Advance(now_);
    Run();
  }

 private:
  template <typename Each>
  uint32_t Perform(const Each& command) {
    const Writer writer(command);
    sip::Reply reply;
    const sip::Status status = stack_.Perform({writer.wire.words, writer.wire.text}, now_, reply);
    if (!status.ok()) {
      std::fprintf(stderr, "%s: %s\n", Each::kName, std::string(status.message()).c_str());
      std::exit(1);
    }
    return reply.handle;
  }

  // What is told, done, sent and received until nothing is left to do.
  void Run() {
    for (;;) {
      for (sip::WireView event = stack_.Poll(); !event.words.empty(); event = stack_.Poll()) {
        Note(event);
      }
      if (!todo_.empty()) {
        const auto [server, is_invite] = todo_.front();
        todo_.pop_front();
        if (is_invite) Perform(sip::Respond{.server = server, .status = 180});
        Perform(sip::Respond{.server = server,
                             .status = 200,
                             .body = is_invite ? kAnswer : std::string(),
                             .content_type = is_invite ? kSdp : ""});
      } else if (!wire_.empty()) {
        const auto [core, text] = std::move(wire_.front());
        wire_.pop_front();
        stack_.Receive(core, text, now_);
      } else {
        return;
      }
    }
  }

  void Note(const sip::WireView& event) {
    const auto word = [&](size_t at) { return static_cast<uint32_t>(event.words[at]); };
    switch (word(0)) {
      case sip::kTag<sip::Transmitted, sip::Event>:
        wire_.emplace_back(word(1) == static_cast<uint32_t>(cores_[0]) ? cores_[1] : cores_[0],
                           event.text);
        break;
      case sip::kTag<sip::RequestReceived, sip::Event>:
        todo_.emplace_back(sip::ServerHandle{word(2)}, word(3) == 0);
        break;
      case sip::kTag<sip::ResponseReceived, sip::Event>:
        // The first word of a message's index, behind four, is its status.
        if (calling_ && word(9) == 200) {
          calling_ = false;
          dialog_ = sip::DialogHandle{word(2)};
          Perform(sip::Acknowledge{.dialog = dialog_, .client = sip::ClientHandle{word(1)}});
        }
        break;
    }
  }

  sip::Stack stack_;
  sip::Time now_ = sip::FromUnixMillis(1700000000000);
  std::vector<sip::CoreHandle> cores_;
  std::deque<std::pair<sip::CoreHandle, std::string>> wire_;
  std::deque<std::pair<sip::ServerHandle, bool>> todo_;
  bool calling_ = false;
  sip::DialogHandle dialog_{};
  int calls_ = 0;
};

void MakeCalls(int count) {
  Bench bench;
  const double begin = ProcessorMicroseconds();
  for (int left = count; left > 0;) {
    for (int some = 0; some < 200 && left > 0; ++some, --left) bench.Send(bench.Call(), "BYE");
    bench.Pass();
  }
  std::printf("%.3f\n", (ProcessorMicroseconds() - begin) / count);
}

void UseDialogs(int count) {
  Bench bench;
  std::vector<sip::DialogHandle> dialogs;
  for (int i = 0; i < count; ++i) {
    dialogs.push_back(bench.Call());
    if (i % 200 == 0) bench.Pass();
  }
  bench.Pass();
  constexpr int kTimes = 20000;
  size_t at = 0;
  const double begin = ProcessorMicroseconds();
  for (int i = 0; i < kTimes; ++i) {
    // All over the place, as calls are.
    at = (at + 7919) % dialogs.size();
    bench.Send(dialogs[at], "INFO");
    if (i % 200 == 0) bench.Pass();
  }
  std::printf("%.3f\n", (ProcessorMicroseconds() - begin) / kTimes);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view what = argc > 2 ? argv[1] : "";
  if (what != "calls" && what != "dialogs") {
    std::fprintf(stderr, "usage: sip_bench_calls calls COUNT | dialogs COUNT...\n");
    return 2;
  }
  for (int i = 2; i < argc; ++i) {
    const int count = std::atoi(argv[i]);
    if (count < 1) return 2;
    what == "calls" ? MakeCalls(count) : UseDialogs(count);
  }
  return 0;
}
