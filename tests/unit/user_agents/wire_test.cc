#include "user_agents/wire.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/str_cat.h"
#include "messages/parser.h"
#include "tests/support/event_reader.h"
#include "tests/support/json_wire.h"
#include "tests/support/keep.h"
#include "tests/support/perform.h"

namespace sip {
namespace {

// Gives every field a value of its own.
class Filler {
 public:
  void operator()(const char* name, std::string_view& value) {
    ++count_;
    value = Keep(StrCat(name, " ", count_, count_ % 3 == 0 ? " \xC3\xBC\xF0\x9F\x98\x80" : ""));
  }
  void operator()(const char*, bool& value) { value = true; }
  void operator()(const char* name, HeaderLines& lines) {
    lines = Lines({StrCat(name, ": ", ++count_), "Y:", "Z: \xC3\xBC"});
  }
  void operator()(const char* name, List<std::string_view>& list) {
    list.push_back(Keep(StrCat(name, " ", ++count_)));
    for (const std::string_view text : {"", "x"}) list.push_back(text);
  }
  void operator()(const char*, const Message*& message) {
    auto parsed = ParseMessage(
        "SIP/2.0 200 Gr\xC3\xBC\xC3\x9F dich\r\nVia: SIP/2.0/WS a;branch=z9hG4bK1\r\n"
        "From: \"\xC3\xBC\" <sip:b>;tag=b\r\nTo: <sip:a>;tag=a\r\nCall-ID: c\r\n"
        "CSeq: 42 INVITE\r\nSubject: \xE2\x82\xAC\r\nContent-Length: 5\r\n\r\n\xF0\x9F\x98\x80!");
    messages_.push_back(std::move(std::get<Message>(parsed)));
    message = &messages_.back();
  }
  template <typename Number>
  void operator()(const char*, Number& value) {
    value = static_cast<Number>(std::is_enum_v<Number> && sizeof(Number) == 1 ? 1 : ++count_);
  }

 private:
  uint32_t count_ = 0;
  std::deque<Message> messages_;
};

template <typename Variant, size_t Index = 0, typename Check>
void ForEach(Check check) {
  if constexpr (Index < std::variant_size_v<Variant>) {
    std::variant_alternative_t<Index, Variant> each;
    Filler filler;
    each.Fields(filler);
    check(each, Index);
    ForEach<Variant, Index + 1>(check);
  }
}

// Reads a command from words that may be wrong.
template <typename Each>
StatusCode Read(std::span<const int32_t> words, std::string_view text, Each& command) {
  CommandReader reader({words, text});
  reader.Word();
  reader.Read(kFields<Each>.data(), &command);
  return reader.Finish().code();
}

TEST(CommandReader, BringsEveryFieldOfEveryCommand) {
  ForEach<Command>([](auto& command, size_t tag) {
    const Wire wire = WriteCommand(command);
    EXPECT_EQ(*wire.words.begin(), static_cast<int32_t>(tag));
    std::decay_t<decltype(command)> read;
    ASSERT_EQ(Read(wire.words, wire.text, read), StatusCode::kOk) << command.kName;
    EXPECT_EQ(Line(ToJson(Command(read))), Line(ToJson(Command(command))));
  });
}

TEST(CommandReader, RefusesACommandThatIsCutShortOrGoesOn) {
  ForEach<Command>([](auto& command, size_t) {
    const Wire wire = WriteCommand(command);
    std::decay_t<decltype(command)> read;
    for (size_t words = 0; words < wire.words.size(); ++words) {
      const std::vector<int32_t> some(wire.words.begin(), wire.words.begin() + words);
      EXPECT_EQ(Read(some, wire.text, read), StatusCode::kInvalidArgument)
          << command.kName << " of " << words << " words";
    }
    std::vector<int32_t> more(wire.words.begin(), wire.words.end());
    more.push_back(0);
    EXPECT_EQ(Read(more, wire.text, read), StatusCode::kInvalidArgument) << command.kName;
  });
}

TEST(CommandReader, RefusesTextsThatLieOutsideOfTheText) {
  SendInDialog command = {.method = "INFO"};
  const Wire good = WriteCommand(command);
  ASSERT_EQ(Read(good.words, good.text, command), StatusCode::kOk);
  const struct {
    int32_t offset;
    int32_t length;
  } cases[] = {{0, 5}, {5, 0}, {5, 1}, {-1, 1}, {0, -1}, {1, 2147483647}, {-2147483647, 4}};
  for (const auto& [offset, length] : cases) {
    Wire wire = WriteCommand(command);
    wire.words[2] = offset;
    wire.words[3] = length;
    EXPECT_EQ(Read(wire.words, wire.text, command), StatusCode::kInvalidArgument)
        << offset << ", " << length;
  }
}

TEST(CommandReader, RefusesHeaderLinesOfAnotherNumber) {
  Cancel command = {.headers = Lines({"A: b"})};
  Wire wire = WriteCommand(command);
  ASSERT_EQ(Read(wire.words, wire.text, command), StatusCode::kOk);
  for (const int32_t count : {0, 2, 1000, 2147483647, -1}) {
    wire.words[3] = count;
    EXPECT_EQ(Read(wire.words, wire.text, command), StatusCode::kInvalidArgument) << count;
  }
}

TEST(CommandReader, ShowsTheTextThatHoldsALineBreak) {
  Respond command = {.reason = "a\nb", .body = "a\r\nb"};
  const Wire wire = WriteCommand(command);
  CommandReader reader({wire.words, wire.text});
  reader.Word();
  reader.Read(kFields<Respond>.data(), &command);
  EXPECT_EQ(reader.Finish().message(), "There is a line break in a\nb");
}

TEST(Stack, RefusesCommandsThatDoNotExist) {
  Stack stack{Entropy("seed")};
  const auto core = static_cast<int32_t>(Perform(stack, CreateCore{}, FromUnixMillis(0))->handle);
  for (const int32_t tag : {-1, static_cast<int32_t>(std::variant_size_v<Command>), 1000000}) {
    const std::vector<int32_t> words = {tag, core, 0, 0};
    Reply reply;
    EXPECT_EQ(stack.Perform({words, ""}, FromUnixMillis(0), reply).code(),
              StatusCode::kInvalidArgument)
        << tag;
  }
}

TEST(Kept, OutlivesWhatItWasMadeOf) {
  std::string text = "sip:registrar.invalid";
  std::string lines = "A: b\r\n";
  Kept<CreateRegistration> kept(CreateRegistration{
      .registrar = text, .contact = "", .expires = 5, .headers = {.text = lines, .count = 1}});
  text.assign(text.size(), 'x');
  lines.assign(lines.size(), 'x');
  EXPECT_EQ(kept->registrar, "sip:registrar.invalid");
  EXPECT_EQ(kept->contact, "");
  EXPECT_EQ(kept->expires, 5U);
  EXPECT_EQ(kept->headers.text, "A: b\r\n");
}

TEST(EventQueue, BringsEveryFieldOfEveryEvent) {
  EventQueue queue;
  EventReader reader;
  ForEach<Event>([&](auto& event, size_t tag) {
    queue.Push(event);
    const WireView wire = queue.Pop();
    ASSERT_EQ(*wire.words.begin(), static_cast<int32_t>(tag));
    EXPECT_EQ(Line(ToJson(reader.Read(wire))), Line(ToJson(Event(event))));
  });
}

TEST(EventQueue, GivesEventsInTheirOrderWhileOthersCome) {
  EventQueue queue;
  EventReader reader;
  const auto push = [&](std::string_view reason) {
    Discarded event = {.reason = reason};
    queue.Push(event);
  };
  const auto pop = [&] {
    return std::string(std::get<Discarded>(reader.Read(queue.Pop())).reason);
  };
  push("one");
  push("");
  EXPECT_EQ(pop(), "one");
  push("three");
  EXPECT_EQ(pop(), "");
  EXPECT_EQ(pop(), "three");
  EXPECT_TRUE(queue.Pop().words.empty());
  EXPECT_TRUE(queue.Pop().words.empty());
  push("four");
  EXPECT_EQ(pop(), "four");
}

TEST(EventQueue, DoesNotRepeatTheTextOfAMessageThatCameIn) {
  const Message* pattern = nullptr;
  Filler filler;
  filler("message", pattern);
  auto parsed = ParseMessage(pattern->text());
  Message& message = std::get<Message>(parsed);
  message.set_serial(7);
  EventQueue queue;
  CancelReceived event = {.server = ServerHandle{3}, .message = &message};
  queue.Push(event);
  const WireView wire = queue.Pop();
  EXPECT_EQ(wire.text, "");
  ASSERT_GT(wire.words.size(), 6U);
  EXPECT_EQ(wire.words[2], static_cast<int32_t>(wire.words.size() - 2));
  EXPECT_EQ(wire.words[3], 7);
  EXPECT_EQ(wire.words[4], 0);
  EXPECT_EQ(wire.words[5], 0);
  EXPECT_EQ(wire.words[6], 200);
}

}  // namespace
}  // namespace sip
