#include "stack/wire.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <deque>
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

namespace sip {
namespace {

// Gives every field a value of its own.
class Filler {
 public:
  void operator()(const char* name, std::string& value) {
    ++count_;
    value = StrCat(name, " ", count_, count_ % 3 == 0 ? " \xC3\xBC\xF0\x9F\x98\x80" : "");
  }
  void operator()(const char*, bool& value) { value = true; }
  void operator()(const char* name, std::vector<std::string>& list) {
    list = {StrCat(name, " ", ++count_), "", "x"};
  }
  void operator()(const char* name, std::string_view& value) {
    (*this)(name, texts_.emplace_back());
    value = texts_.back();
  }
  void operator()(const char* name, std::vector<std::string_view>& list) {
    list = {texts_.emplace_back(StrCat(name, " ", ++count_)), "", "x"};
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
  std::deque<std::string> texts_;
  std::deque<Message> messages_;
};

// Writes commands as js/engine/codec.ts does.
class CommandWriter {
 public:
  Wire out;
  void operator()(const char*, std::string& value) { Text(value); }
  void operator()(const char*, bool& value) { out.words.push_back(value ? 1 : 0); }
  void operator()(const char*, std::vector<std::string>& list) {
    out.words.push_back(static_cast<int32_t>(list.size()));
    for (const std::string& text : list) Text(text);
  }
  template <typename Number>
  void operator()(const char*, Number& value) {
    out.words.push_back(static_cast<int32_t>(static_cast<uint32_t>(value)));
  }

 private:
  void Text(const std::string& text) {
    out.words.push_back(static_cast<int32_t>(out.text.size()));
    out.words.push_back(static_cast<int32_t>(text.size()));
    out.text += text;
  }
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

template <typename Each>
Wire Write(Each& command, size_t tag) {
  CommandWriter writer;
  writer.out.words.push_back(static_cast<int32_t>(tag));
  command.Fields(writer);
  return writer.out;
}

TEST(Wire, BringsEveryFieldOfEveryCommand) {
  ForEach<Command>([](auto& command, size_t tag) {
    const Wire wire = Write(command, tag);
    Command read;
    ASSERT_TRUE(ReadCommand(wire.words, wire.text, read).ok()) << command.kName;
    EXPECT_EQ(read.index(), tag);
    EXPECT_EQ(Line(ToJson(read)), Line(ToJson(Command(command))));
  });
}

TEST(Wire, RefusesACommandThatIsCutShortOrGoesOn) {
  ForEach<Command>([](auto& command, size_t tag) {
    const Wire wire = Write(command, tag);
    Command read;
    for (size_t words = 0; words < wire.words.size(); ++words) {
      const std::vector<int32_t> some(wire.words.begin(), wire.words.begin() + words);
      EXPECT_EQ(ReadCommand(some, wire.text, read).code(), StatusCode::kInvalidArgument)
          << command.kName << " of " << words << " words";
    }
    std::vector<int32_t> more = wire.words;
    more.push_back(0);
    EXPECT_FALSE(ReadCommand(more, wire.text, read).ok()) << command.kName;
  });
}

TEST(Wire, RefusesTextsThatLieOutsideOfTheText) {
  SendInDialog command = {.method = "INFO"};
  const Wire good = Write(command, 7);
  Command read;
  ASSERT_TRUE(ReadCommand(good.words, good.text, read).ok());
  ASSERT_TRUE(std::holds_alternative<SendInDialog>(read));
  const struct {
    int32_t offset;
    int32_t length;
  } cases[] = {{0, 5}, {5, 0}, {5, 1}, {-1, 1}, {0, -1}, {1, 2147483647}, {-2147483647, 4}};
  for (const auto& [offset, length] : cases) {
    Wire wire = good;
    wire.words[2] = offset;
    wire.words[3] = length;
    EXPECT_FALSE(ReadCommand(wire.words, wire.text, read).ok()) << offset << ", " << length;
  }
}

TEST(Wire, RefusesListsThatAreLongerThanTheWords) {
  Cancel command;
  Wire wire = Write(command, 9);
  Command read;
  ASSERT_TRUE(ReadCommand(wire.words, wire.text, read).ok());
  for (const int32_t count : {1, 1000, 2147483647, -1}) {
    wire.words[2] = count;
    EXPECT_FALSE(ReadCommand(wire.words, wire.text, read).ok()) << count;
  }
}

TEST(Wire, RefusesCommandsThatDoNotExist) {
  Command read;
  for (const int32_t tag : {-1, static_cast<int32_t>(std::variant_size_v<Command>), 1000000}) {
    const std::vector<int32_t> words = {tag, 0, 0, 0};
    EXPECT_EQ(ReadCommand(words, "", read).code(), StatusCode::kInvalidArgument) << tag;
  }
}

TEST(EventQueue, BringsEveryFieldOfEveryEvent) {
  EventQueue queue;
  EventReader reader;
  ForEach<Event>([&](auto& event, size_t tag) {
    queue.Push(event);
    const WireView wire = queue.Pop();
    ASSERT_EQ(wire.words.front(), static_cast<int32_t>(tag));
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
  EXPECT_EQ(wire.words[2], 1);
  EXPECT_EQ(wire.words[3], 7);
  EXPECT_EQ(wire.words[4], 0);
  EXPECT_EQ(wire.words[5], 0);
  EXPECT_EQ(wire.words[6], 200);
}

TEST(Wire, GivesAReplyAsHandleAndText) {
  Wire wire;
  WriteReply({.handle = 7, .text = "ACK"}, wire);
  EXPECT_EQ(wire.words, std::vector<int32_t>{7});
  EXPECT_EQ(wire.text, "ACK");
}

}  // namespace
}  // namespace sip
