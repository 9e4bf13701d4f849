#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/str_cat.h"
#include "messages/builder.h"
#include "messages/parser.h"
#include "stack/stack.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"
#include "tests/fuzz/words.h"
#include "tests/support/event_reader.h"
#include "tests/support/perform.h"
#include "user_agents/wire.h"

// The input is a session: commands with any values, messages (what the stack itself has sent, a
// peer's answers and requests, the vectors of the RFCs, octets), and time. Whatever it is:
// - every command comes back, and the events that it makes end;
// - every text that is sent is a message, but for answers to what is none;
// - no event names a handle that has ended, or one that nobody gave out;
// - no deadline is left in the past;
// - when all is let go of, all handles end, and nothing is waited for any more.
//
// Commands are made from their own description (`Fields`), so a new one takes part by itself.
namespace sip {
namespace {

constexpr int kMaxSteps = 200;
constexpr int kMaxEvents = 20'000;
constexpr size_t kKept = 8;

template <size_t... Index>
Command MakeCommand(size_t index, std::index_sequence<Index...>) {
  Command command;
  ((Index == index ? static_cast<void>(command.emplace<Index>()) : void()), ...);
  return command;
}

std::vector<std::string> ReadVectors() {
  std::vector<std::filesystem::path> paths;
  for (const char* folder : {"torture/rfc4475", "torture/rfc5118", "torture/flows/rfc3515"}) {
    for (const auto& entry :
         std::filesystem::directory_iterator(StrCat(SIP_TEST_DIR "/", folder))) {
      paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> texts;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return texts;
}

class Session {
 public:
  explicit Session(Input& input) : input_(input), stack_(Entropy("fuzz")) {}

  void Play() {
    Create();
    for (int step = 0; step < kMaxSteps && !input_.empty(); ++step) Step();
    LetGo();
  }

 private:
  // Fills the fields of a command.
  struct Filler {
    Session& session;
    void operator()(const char* name, std::string_view& value) {
      value = session.Own(TextFor(name, session.input_));
    }
    void operator()(const char*, bool& value) { value = session.input_.OneIn(2); }
    void operator()(const char* name, HeaderLines& lines) {
      std::string text;
      lines.count = session.input_.Number(3);
      for (uint32_t left = lines.count; left > 0; --left) {
        StrAppend(&text, TextFor(name, session.input_), "\r\n");
      }
      lines.text = session.Own(std::move(text));
    }
    template <typename Number>
    void operator()(const char* name, Number& value) {
      if constexpr (std::is_enum_v<Number>) {
        value = static_cast<Number>(session.Any(name));
      } else {
        value = std::string_view(name) == "origin" ? session.Any("client")
                                                   : NumberFor(name, session.input_);
      }
    }
  };

  // Notes the handles that an event tells of.
  struct Noter {
    Session& session;
    bool introduces;
    template <typename Field>
    void operator()(const char* name, const Field& value) {
      // Other enumerations are of one octet.
      if constexpr (std::is_enum_v<Field> && sizeof(Field) == sizeof(uint32_t)) {
        const bool is_core = std::string_view(name) == "core";  // only an order makes one
        session.Note(name, static_cast<uint32_t>(value), introduces && !is_core);
      }
    }
  };

  void Step() {
    switch (input_.Number(8)) {
      case 0:
      case 1:
      case 2:
        return Order();
      case 3:
        return Carry();
      case 4:
        return Answer();
      case 5:
        return Ask();
      case 6:
        return PassTime();
      default:
        return ReceiveOddity();
    }
  }

  void Create() {
    for (const char* sent_by : {"one.invalid", "two.invalid"}) {
      Perform(CreateCore{
          {.transport = input_.OneIn(4) ? "UDP" : "WS",
           .sent_by = sent_by,
           .contact = Own(StrCat("<sip:user@", sent_by, ";transport=ws>")),
           .user_agent = "fuzz",
           .supported = "100rel,outbound,replaces,timer",
           .allow =
               "ACK,BYE,CANCEL,INFO,INVITE,MESSAGE,NOTIFY,OPTIONS,PRACK,REFER,SUBSCRIBE,UPDATE",
           .accept = "application/sdp",
           .username = "user",
           .password = "secret"}});
      Perform(
          SetConnected{.core = static_cast<CoreHandle>(live_["core"].back()), .connected = true});
    }
  }

  void Order() {
    constexpr size_t kCommands = std::variant_size_v<Command>;
    Command command = MakeCommand(input_.Number(kCommands), std::make_index_sequence<kCommands>());
    std::visit([&](auto& each) { each.Fields(Filler{*this}); }, command);
    if (std::holds_alternative<CreateCore>(command) && live_["core"].size() > 3) return;
    Perform(command);
  }

  // What was sent arrives, perhaps changed on its way.
  void Carry() {
    std::string text = Kept(sent_);
    if (input_.OneIn(4)) Mutate(text, input_);
    Receive(text);
  }

  // A peer answers a request of ours.
  void Answer() {
    const auto request = ParseMessage(Kept(sent_));
    const auto* message = std::get_if<Message>(&request);
    if (message == nullptr || !message->is_request()) return;
    std::string text = BuildResponse(
        *message, {.status = static_cast<int>(StatusCode(input_)), .to_tag = Tag(input_)});
    Receive(WithLines(text));
  }

  // A peer asks, within a dialog or not.
  void Ask() {
    const std::string_view method = Method(input_);
    std::string from = StrCat("<sip:bob@two.invalid>;tag=", Tag(input_));
    std::string to = "<sip:alice@one.invalid>";
    std::string call_id = "call-of-peer";
    if (input_.OneIn(2) && !dialogs_.empty()) {
      const DialogChanged& dialog = dialogs_[input_.Number(dialogs_.size())];
      from = StrCat(dialog.remote, dialog.remote_tag.empty() ? "" : ";tag=", dialog.remote_tag);
      to = StrCat(dialog.local, ";tag=", dialog.local_tag);
      call_id = dialog.call_id;
    }
    std::string text = StrCat(
        method, " sip:alice@one.invalid SIP/2.0\r\nVia: SIP/2.0/WS two.invalid;branch=z9hG4bK",
        input_.Number(16), "\r\nFrom: ", from, "\r\nTo: ", to, "\r\n");
    StrAppend(&text, "Call-ID: ", call_id, "\r\nCSeq: ", input_.Number(), " ", method,
              "\r\nContent-Length: 0\r\n\r\n");
    Receive(WithLines(text));
  }

  void PassTime() {
    constexpr double kSeconds[] = {0, 0.001, 0.1, 0.5, 4, 32, 64, 600, 3600, 100'000, -10};
    const uint32_t choice = input_.Number(std::size(kSeconds) + 4);
    const Time deadline = stack_.deadline();
    if (choice < std::size(kSeconds)) {
      const Time then = now_ + Seconds(kSeconds[choice]);
      now_ = std::max(now_, then);
      stack_.Advance(then);
    } else if (deadline < InfiniteFuture()) {
      now_ = deadline;
      stack_.Advance(now_);
    }
    Drain();
  }

  // A vector, octets, or words at the door that are no command.
  void ReceiveOddity() {
    static const std::vector<std::string> vectors = ReadVectors();
    if (input_.OneIn(4)) {
      std::vector<int32_t> words;
      for (uint32_t count = input_.Number(32); count > 0; --count) {
        words.push_back(static_cast<int32_t>(input_.Number()) - 8);
      }
      Reply reply;
      static_cast<void>(stack_.Perform({words, Own(input_.Text())}, now_, reply));
      if (reply.handle != 0) NoteReply(static_cast<size_t>(words[0]), reply);
      DrainAfter(words.empty() ? 0 : static_cast<size_t>(words[0]));
    } else if (input_.OneIn(4)) {
      Receive(input_.Text());
    } else {
      std::string text = vectors[input_.Number(vectors.size())];
      Mutate(text, input_);
      Receive(text);
    }
  }

  // Before its end, a header of a message gets further lines, and a body.
  std::string WithLines(std::string text) {
    std::string lines;
    for (uint32_t count = input_.Number(4); count > 0; --count) lines += PeerLine(input_);
    if (const std::string_view sdp = Sdp(input_); !sdp.empty()) {
      lines += "Content-Type: application/sdp\r\n";
      const size_t length = text.rfind("Content-Length: 0");
      text.replace(length, std::string_view::npos,
                   StrCat("Content-Length: ", sdp.size(), "\r\n\r\n", sdp));
    }
    return text.insert(text.find("\r\n") + 2, lines);
  }

  void Receive(std::string_view text) {
    const auto core = static_cast<CoreHandle>(Any("core"));
    reader_.Received(stack_.Receive(core, text, now_), text);
    Drain();
  }

  void Perform(const Command& command) {
    const Wire wire = WriteCommand(command);
    Reply reply;
    const Status status = stack_.Perform({wire.words, wire.text}, now_, reply);
    if (status.ok()) NoteReply(command.index(), reply);
    DrainAfter(command.index());
  }

  // What a transaction is driven with is sent as the application has it, and sent again so.
  void DrainAfter(size_t tag) {
    constexpr size_t kCommands = std::variant_size_v<Command>;
    drives_ = tag < kCommands && NameOf(tag) == "driveTransaction";
    Drain();
    drives_ = false;
  }

  static std::string NameOf(size_t tag) {
    constexpr size_t kCommands = std::variant_size_v<Command>;
    const Command command = MakeCommand(tag, std::make_index_sequence<kCommands>());
    return std::visit([](const auto& each) { return std::string(each.kName); }, command);
  }

  void NoteReply(size_t tag, const Reply& reply) {
    if (const std::string kind = KindOfReply(tag); !kind.empty()) Note(kind, reply.handle, true);
  }

  // "createRegistration" makes a registration, an answer a dialog; the rest are requests. Empty:
  // what is no handle but a state.
  static std::string KindOfReply(size_t tag) {
    std::string name = NameOf(tag);
    if (name == "driveTransaction" || name == "watchRequest") return "";
    if (name == "respond" || name == "putDialog") return "dialog";
    if (name == "serveRequest") return "server";
    if (name == "startTransaction") return "transaction";
    if (!name.starts_with("create")) return "client";
    name.erase(0, 6);
    name[0] = static_cast<char>(name[0] - 'A' + 'a');
    return name;
  }

  void Drain() {
    int count = 0;
    while (const auto event = reader_.Poll(stack_)) {
      Require(++count < kMaxEvents, "events end");
      std::visit([&](const auto& each) { Hear(each); }, *event);
    }
    Require(!(stack_.deadline() < now_), "no deadline is left in the past");
  }

  template <typename Each>
  void Hear(const Each& event) {
    // Not ResponseFailed: the response may be the core's own, to a request that nobody was told of.
    constexpr bool kIsKnown =
        std::is_same_v<Each, ResponseReceived> || std::is_same_v<Each, CancelReceived> ||
        std::is_same_v<Each, AckReceived> || std::is_same_v<Each, AckTimedOut>;
    // What was received for a core that is none is told of this core.
    if constexpr (!std::is_same_v<Each, Discarded>) {
      // Fields() is not const, as it also serves reading; nothing is changed here.
      const_cast<Each&>(event).Fields(Noter{*this, !kIsKnown});
    }
    if constexpr (std::is_same_v<Each, Transmitted>) {
      // The answer to what is no message brings back of it what it brought.
      const bool is_refusal = event.origin == 0 && event.text.starts_with("SIP/2.0 ");
      if (drives_) driven_.emplace(event.text);
      const bool is_driven = driven_.contains(std::string(event.text));
      Require(is_refusal || is_driven || std::holds_alternative<Message>(ParseMessage(event.text)),
              StrCat("what is sent is a message:\n", event.text));
      Keep(sent_, std::string(event.text));
    } else if constexpr (std::is_same_v<Each, DialogChanged>) {
      Keep(dialogs_, event);
    } else if constexpr (std::is_same_v<Each, Terminated>) {
      Require(ended_.insert(event.handle).second, "a handle ends once");
      for (auto& [kind, handles] : live_) std::erase(handles, event.handle);
    }
  }

  void Note(const std::string& kind, uint32_t handle, bool introduces) {
    if (handle == 0) return;
    Require(!ended_.contains(handle), StrCat("nothing is told of ", kind, " after its end"));
    std::vector<uint32_t>& handles = live_[kind];
    if (std::find(handles.begin(), handles.end(), handle) != handles.end()) return;
    Require(introduces, StrCat("a ", kind, " is known"));
    handles.push_back(handle);
  }

  std::string_view Own(std::string text) { return texts_.emplace_back(std::move(text)); }

  // A handle of this kind; now and then one that has ended or never was.
  uint32_t Any(const std::string& kind) {
    const std::vector<uint32_t>& handles = live_[kind];
    return handles.empty() || input_.OneIn(32) ? input_.Number() : input_.OneOf(handles);
  }

  template <typename List, typename Element>
  static void Keep(List& list, const Element& element) {
    if (list.size() == kKept) list.erase(list.begin());
    list.push_back(element);
  }
  std::string Kept(const std::vector<std::string>& list) {
    return list.empty() ? std::string() : list[list.size() - 1 - input_.Number(list.size())];
  }

  // The user and the peers go away; what the core then still does ends by itself.
  void LetGo() {
    for (const uint32_t core : std::vector(live_["core"])) {
      Perform(SetConnected{.core = static_cast<CoreHandle>(core), .connected = false});
    }
    const auto each = [this](const char* kind, auto order) {
      for (const uint32_t handle : std::vector(live_[kind])) Perform(order(handle));
    };
    each("server", [](uint32_t handle) {
      return Respond{.server = static_cast<ServerHandle>(handle), .status = 480};
    });
    each("registration", [](uint32_t handle) {
      return DisposeRegistration{.registration = static_cast<RegistrationHandle>(handle)};
    });
    each("dialog", [](uint32_t handle) {
      return DisposeDialog{.dialog = static_cast<DialogHandle>(handle)};
    });
    each("client", [](uint32_t handle) { return DisposeRequest{.request = handle}; });
    each("transaction", [](uint32_t handle) { return DisposeRequest{.request = handle}; });
    for (int i = 0; i < 1000 && stack_.deadline() < InfiniteFuture(); ++i) {
      now_ = stack_.deadline();
      stack_.Advance(now_);
      Drain();
    }
    Require(!(stack_.deadline() < InfiniteFuture()), "all that is waited for ends");
    Require(stack_.handle_count() == live_["core"].size(),
            StrCat("all that was let go of has ended; there are ", Living()));
    each("core",
         [](uint32_t handle) { return DisposeCore{.core = static_cast<CoreHandle>(handle)}; });
    Require(stack_.handle_count() == 0, "a core that ends takes everything with it");
    for (const auto& [kind, handles] : live_) {
      Require(handles.empty(), StrCat("every ", kind, " is told to have ended"));
    }
  }

  std::string Living() const {
    std::string text;
    for (const auto& [kind, handles] : live_) {
      for (const uint32_t handle : handles) StrAppend(&text, kind, " ", handle, ", ");
    }
    return text;
  }

  Input& input_;
  Stack stack_;
  Time now_;
  EventReader reader_;
  std::deque<std::string> texts_;                      // of commands
  std::map<std::string, std::vector<uint32_t>> live_;  // by kind
  std::set<uint32_t> ended_;
  bool drives_ = false;            // a transaction, by what may be no message
  std::set<std::string> driven_;   // what was sent so, and may be sent again
  std::vector<std::string> sent_;  // the last ones
  std::vector<DialogChanged> dialogs_;
};

}  // namespace
}  // namespace sip

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  sip::Input input(data, size);
  sip::Session(input).Play();
  return 0;
}
