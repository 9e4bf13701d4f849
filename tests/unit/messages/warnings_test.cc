#include "messages/warnings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <variant>

#include "base/str_cat.h"
#include "messages/parser.h"
#include "torture/vectors.h"

namespace sip {
namespace {

constexpr std::string_view kMandatory =
    "Via: SIP/2.0/WSS a.invalid;branch=z9hG4bK1\r\nFrom: <sip:a@example.com>;tag=1\r\n"
    "To: <sip:b@example.com>\r\nCall-ID: x\r\nCSeq: 1 BYE\r\n";

std::string Of(std::string_view text) {
  const auto result = ParseMessage(text);
  if (const auto* message = std::get_if<Message>(&result)) return Warnings(*message);
  return StrCat("refused: ", std::get<MalformedMessage>(result).reason);
}

std::string OfField(std::string_view field) {
  return Of(StrCat("BYE sip:b@c SIP/2.0\r\n", kMandatory, field, "\r\n\r\n"));
}

TEST(Warnings, NameWhatWasReadThoughItIsNotLegal) {
  constexpr std::string_view kCases[][2] = {
      {"Contact: <sip:a#b@c>", "Contact"},
      {"Contact: <sip:a|b@c>", "Contact"},
      {"Contact: <sip:{a}@c>", "Contact"},
      {"Contact: <sip:a^b@c>", "Contact"},
      {"Contact: <sip:[a]@c>", "Contact"},
      {"Contact: <sip:a@my_host>", "Contact"},
      {"Contact: <sip:a@b.3com>", "Contact"},
      {"Contact: <sip:a@\xC3\xBC.example>", "Contact"},
      {"Contact: J\xC3\xBCrgen <sip:a@b>", "Contact"},
      {"Contact: Doe, John <sip:a@b>", "Contact"},
      {"Contact: Bob (home) <sip:a@b>", "Contact"},
      {"Contact: a@b <sip:a@b>", "Contact"},
      {"Contact: <sip:a@b>;expires=", "Contact"},
      {"Contact: <sip:a@b>;x=;y", "Contact"},
      {"Contact: <sip:a@b>;", "Contact"},
      {"Contact: <sip:a@b>,", "Contact"},
      {"Record-Route: sip:a;lr", "Record-Route"},
      {"Allow: INVITE, ACK,", "Allow"},
      {"Via: SIP/2.0/UDP h;branch=z;received=[::1]", "Via"},
      {"Via: SIP/2.0/UDP h;branch=z;received=1.2.3.4:5060", "Via"},
      {"Via: SIP/2.0/UDP my_host;branch=z", "Via"},
      {"Content-Type: application/sdp;", "Content-Type"},
      {"WWW-Authenticate: Digest realm=\"a\", nonce=\"b\",", "WWW-Authenticate"},
      {"WWW-Authenticate: Digest realm=\"a\", nonce=\"b\", qop=auth", "WWW-Authenticate"},
  };
  for (const auto& [field, name] : kCases) {
    EXPECT_EQ(OfField(field), StrCat(name, " is not well-formed")) << field;
  }
}

TEST(Warnings, NameWhatCannotBeRead) {
  constexpr std::string_view kCases[][2] = {
      {"Refer-To: <<>", "Refer-To"},
      {"Contact: <sip:a@b>, <", "Contact"},
      {"Contact:", "Contact"},
      {"Event:", "Event"},
      {"Expires: soon", "Expires"},
      {"x: 90 s", "Session-Expires"},
      {"Content-Type: sdp", "Content-Type"},
      {"No colon", "A line without a colon"},
  };
  for (const auto& [field, name] : kCases) {
    EXPECT_EQ(OfField(field), StrCat(name, " cannot be read")) << field;
  }
  EXPECT_EQ(OfField("Expires: soon\r\nContact: a@b <sip:a@b>"),
            "Expires cannot be read; Contact is not well-formed");
}

TEST(Warnings, TellOfTheStartLineAndOfLineEnds) {
  const auto with = [](std::string_view start) {
    return StrCat(start, "\r\n", kMandatory, "\r\n");
  };
  EXPECT_EQ(Of(with("SIP/2.0 200 OK")), "");
  EXPECT_EQ(Of(with("SIP/2.0 200 ")), "");
  EXPECT_EQ(Of(with("SIP/2.0 488 Nicht m\xC3\xB6glich")), "");
  EXPECT_EQ(Of(with("SIP/2.0 200")), "The start line is not well-formed");
  EXPECT_EQ(Of(with("SIP/2.0 486 Busy [here]")), "The start line is not well-formed");
  EXPECT_EQ(Of(with("BYE sip:a#b@c SIP/2.0")), "The start line is not well-formed");
  EXPECT_EQ(Of(with("BYE tel:+1 SIP/2.0")), "");
  EXPECT_EQ(Of(with("\r\nBYE sip:b@c SIP/2.0")), "A line end is not well-formed");
  std::string text = with("BYE sip:b@c SIP/2.0");
  std::erase(text, '\r');
  EXPECT_EQ(Of(text), "A line end is not well-formed");
}

TEST(Warnings, AreNoneForWhatIsLegal) {
  for (std::string_view field : {
           "Contact: *",
           "Contact: "
           "<sip:a@b>;q=0.5;+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-000A95A0E128>\"",
           "Contact: \"\xC3\xBC, (a) @ [b]\" <sip:a;b&c=d@[::1]:5060;transport=ws?x=&y=z>",
           "Contact: sip:a@b, A. B <sips:c@3com.example.com.>;expires=3",
           "Contact: <sip:a@192.0.2.1>;x=[::1]",
           "Via: SIP/2.0/UDP [2001:db8::9:1];received=2001:db8::9:255;branch=z;rport",
           "Via: SIP / 2.0 / UDP h : 5060 ;branch=z;received=192.0.2.1",
           "Route: <sip:a;lr>,<sip:b;lr>",
           "Retry-After: 18000 (I'm in a meeting; call later);duration=3600",
           "Warning: 307 isi.edu \"Session parameter 'foo' not understood\"",
           "Replaces: 12adf2f34456gs5;to-tag=12345;from-tag=54321;early-only",
           "Call-Info: <http://www.example.com/alice/photo.jpg> ;purpose=icon",
           "Content-Type: multipart/mixed;boundary=\"++\"",
           "Accept: */*;q=0.1, text/html;level=1",
           "Accept:",
           "Authorization: Digest username=\"bob\", qop=auth, nc=00000001, uri=\"sip:a@b\"",
           "WWW-Authenticate: Digest realm=\"a\", qop=\"auth,auth-int\", algorithm=MD5",
           "Event: dialog;call-id=\"a@b;c\"",
           "Reason: Q.850;cause=16;text=\"Terminated\"",
           "Contact: \"BEL:\\\x07\" "
           "<sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*@example.com>",
           "Subject: {anything} [goes] \"here",
           "X-Own: <<>",
       }) {
    EXPECT_EQ(OfField(field), "") << field;
  }
}

TEST(Warnings, AreNoneForTheExamplesOfTheRfcs) {
  // Their Path, Route and Service-Route end in ". . ."; their Record-Route has no angle brackets;
  // the others have "(depends on Refer-To URI)" and the like in the place of values.
  constexpr std::string_view kOdd[] = {"rfc3327/",        "rfc3608/",        "rfc4028/004-13-x-200",
                                       "rfc3515/002-4_1", "rfc3515/006-4_2", "rfc3515/008-4_2"};
  const auto flows = std::filesystem::path(SIP_TEST_DIR) / "torture" / "flows";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(flows)) {
    if (!entry.is_regular_file()) continue;
    const std::string name = std::filesystem::relative(entry.path(), flows).string();
    const bool is_odd = std::any_of(std::begin(kOdd), std::end(kOdd),
                                    [&](std::string_view odd) { return name.starts_with(odd); });
    const std::string warnings = Of(ReadVector(entry.path()));
    if (!is_odd && !warnings.starts_with("refused")) {
      EXPECT_EQ(warnings, "") << name;
    }
  }
  for (std::string_view name : {"intmeth", "wsinv", "esc01", "escnull", "longreq", "semiuri"}) {
    const std::string warnings = Of(ReadVector(StrCat("rfc4475/", name, ".dat")));
    EXPECT_EQ(warnings.find("well-formed"), std::string::npos) << name << ": " << warnings;
  }
}

}  // namespace
}  // namespace sip
