#include "user_agents/wire.h"

#include "grammar/scanner.h"
#include "messages/message_index.h"

namespace sip {

uint32_t CommandReader::Word() {
  whole_ = whole_ && at_ < wire_.words.size();
  return Peek(at_++);
}

Status CommandReader::Finish() const {
  if (whole_ && at_ == wire_.words.size()) return status_;
  return InvalidArgumentError("the command is not well-formed");
}

void CommandReader::Read(const FieldKind* fields, void* command) {
  FieldCursor cursor(command);
  for (; *fields != FieldKind::kEnd; ++fields) {
    switch (*fields) {
      case FieldKind::kFlag:
        cursor.Next<bool>() = Word() != 0;
        break;
      case FieldKind::kWord:
        cursor.Next<uint32_t>() = Word();
        break;
      case FieldKind::kLines:
        cursor.Next<HeaderLines>() = Lines();
        break;
      default:
        const std::string_view text = cursor.Next<std::string_view>() = Text();
        // It would end a header line of ours and begin one of somebody else's. A body may hold what
        // it wants: Content-Length says where it ends.
        if (*fields == FieldKind::kText && HasControlBreak(text)) {
          status_ = InvalidArgumentError("There is a line break in ", text);
        }
    }
  }
}

HeaderLines CommandReader::Lines() {
  const uint32_t count = Word();
  const HeaderLines lines = {.text = Text(), .count = count};
  if (Status status = CheckHeaderLines(lines); !status.ok()) status_ = status;
  return lines;
}

std::string_view CommandReader::Text() {
  const size_t offset = Word();
  const size_t length = Word();
  if (offset <= wire_.text.size() && length <= wire_.text.size() - offset) {
    return wire_.text.substr(offset, length);
  }
  whole_ = false;
  return {};
}

namespace {

// The next text of a struct; null if there is none.
std::string_view* NextText(const FieldKind*& fields, FieldCursor& cursor) {
  for (;;) {
    switch (*fields++) {
      case FieldKind::kEnd:
        return nullptr;
      case FieldKind::kFlag:
        cursor.Next<bool>();
        break;
      case FieldKind::kWord:
        cursor.Next<uint32_t>();
        break;
      case FieldKind::kLines:
        return &cursor.Next<HeaderLines>().text;
      default:
        return &cursor.Next<std::string_view>();
    }
  }
}

}  // namespace

std::unique_ptr<char[]> KeepTexts(const FieldKind* fields, void* each) {
  size_t size = 0;
  const FieldKind* field = fields;
  FieldCursor sizes(each);
  while (const std::string_view* text = NextText(field, sizes)) size += text->size();
  std::unique_ptr<char[]> texts(new char[size]);
  char* end = texts.get();
  FieldCursor places(each);
  while (std::string_view* text = NextText(fields, places)) {
    const size_t octets = text->copy(end, text->size());
    *text = {end, octets};
    end += octets;
  }
  return texts;
}

WireView EventQueue::Pop() {
  if (words_taken_ == wire_.words.size()) {
    wire_.Clear();
    words_taken_ = text_taken_ = 0;
    return {};
  }
  const int32_t* record = wire_.words.data() + words_taken_;
  const auto words = static_cast<size_t>(record[0]);
  const auto octets = static_cast<size_t>(record[1]);
  const WireView event = {{record + 2, words}, {wire_.text.data() + text_taken_, octets}};
  words_taken_ += 2 + words;
  text_taken_ += octets;
  return event;
}

void EventQueue::Begin(size_t tag) {
  words_begin_ = wire_.words.size();
  text_begin_ = wire_.text.size();
  Word(0);
  Word(0);
  Word(tag);
}

void EventQueue::End() {
  int32_t* record = &wire_.words[words_begin_];
  record[0] = static_cast<int32_t>(wire_.words.size() - words_begin_ - 2);
  record[1] = static_cast<int32_t>(wire_.text.size() - text_begin_);
}

void EventQueue::Text(std::string_view text) {
  Word(wire_.text.size() - text_begin_);
  Word(text.size());
  wire_.text.append(text);
}

void EventQueue::operator()(const char*, const List<std::string_view>& list) {
  Word(list.size());
  for (const std::string_view text : list) Text(text);
}

void EventQueue::operator()(const char*, const Message* message) {
  if (message == nullptr) return Word(0);
  const size_t begin = wire_.words.size();
  Word(0);
  Word(message->serial());
  if (message->serial() == 0) {
    Text(message->text());
  } else {
    Word(0);
    Word(0);
  }
  WriteMessageIndex(*message, wire_.words);
  wire_.words[begin] = static_cast<int32_t>(wire_.words.size() - begin);
}

}  // namespace sip
