#include "messages/header_value.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <variant>

#include "base/str_cat.h"
#include "messages/header_views.h"
#include "messages/parser.h"
#include "messages/token_with_parameters.h"

namespace sip {
namespace {

using testing::IsEmpty;

// "[first|second;name=value;flag]" for each value; "none" if one cannot be read.
std::string Read(std::string_view name, std::string_view text) {
  const HeaderKind kind = KindOf(FindHeader(name));
  std::string result;
  while (const auto value = NextHeaderValue(kind, text)) {
    const auto parsed = ParseHeaderValue(kind, *value);
    if (!parsed) return "none";
    StrAppend(&result, "[", parsed->first, "|", parsed->second);
    for (const Parameter& each : parsed->parameters) {
      StrAppend(&result, ";", each.name, each.has_value ? "=" : "", each.value);
    }
    StrAppend(&result, "]");
  }
  return result;
}

TEST(ParseHeaderValue, ReadsEveryHeaderField) {
  struct {
    std::string_view name;
    std::string_view text;
    std::string_view read;
  } const kCases[] = {
      {"Via", "SIP/2.0/WSS h:1;branch=z, SIP / 2.0 / UDP [::1]:5060",
       "[SIP/2.0/WSS|h:1;branch=z][SIP / 2.0 / UDP|[::1]:5060]"},
      {"From", "\"A, B\" <sip:a@b;lr>;tag=x", "[\"A, B\"|sip:a@b;lr;tag=x]"},
      {"To", "sip:a@b;tag=x", "[|sip:a@b;tag=x]"},
      {"Contact", "*", "[*|]"},
      {"Contact", "<sip:a@b>;q=1,\"C\" <sip:c@d>", "[|sip:a@b;q=1][\"C\"|sip:c@d]"},
      {"Route", "<sip:a;lr>,<sip:b>", "[|sip:a;lr][|sip:b]"},
      {"Record-Route", "<sip:a;lr>", "[|sip:a;lr]"},
      {"Path", "<sip:a;lr>;ob", "[|sip:a;lr;ob]"},
      {"Service-Route", "<sip:a;lr>", "[|sip:a;lr]"},
      {"Refer-To", "<sip:a@b?Replaces=x%3Bto-tag%3Dy>", "[|sip:a@b?Replaces=x%3Bto-tag%3Dy]"},
      {"Referred-By", "<sip:a@b>;cid=\"x@y\"", "[|sip:a@b;cid=\"x@y\"]"},
      {"Reply-To", "Bob <sip:b@c>", "[Bob|sip:b@c]"},
      {"P-Asserted-Identity", "\"A\" <sip:a@b>, <tel:+1>", "[\"A\"|sip:a@b][|tel:+1]"},
      {"P-Preferred-Identity", "tel:+1", "[|tel:+1]"},
      {"Remote-Party-ID", "\"A\" <sip:a@b>;party=calling;privacy=full",
       "[\"A\"|sip:a@b;party=calling;privacy=full]"},
      {"Diversion", "<sip:a@b>;reason=unconditional", "[|sip:a@b;reason=unconditional]"},
      {"History-Info", "<sip:a@b?Reason=SIP>;index=1, <urn:x:y>;index=1.1",
       "[|sip:a@b?Reason=SIP;index=1][|urn:x:y;index=1.1]"},
      {"Alert-Info", "<http://www.example.com/alert.wav>", "[|http://www.example.com/alert.wav]"},
      {"Call-Info", "<http://a/b.jpg> ;purpose=icon,<mailto:a@b>;purpose=card",
       "[|http://a/b.jpg;purpose=icon][|mailto:a@b;purpose=card]"},
      {"CSeq", "1  INVITE", "[1|INVITE]"},
      {"RAck", "7 1 INVITE", "[7|1 INVITE]"},
      {"RSeq", "7", "[7|]"},
      {"Call-ID", "a@b;c,d", "[a@b;c,d|]"},
      {"Max-Forwards", "070", "[070|]"},
      {"Expires", "3600", "[3600|]"},
      {"Min-Expires", "60", "[60|]"},
      {"Flow-Timer", "120", "[120|]"},
      {"Content-Length", "0", "[0|]"},
      {"Session-Expires", "1800 ;refresher=uac", "[1800|;refresher=uac]"},
      {"Min-SE", "90", "[90|]"},
      {"Retry-After", "18000 (in a meeting);duration=3600", "[18000|(in a meeting);duration=3600]"},
      {"Require", "100rel, timer", "[100rel|][timer|]"},
      {"Supported", "", ""},
      {"Allow", "INVITE,ACK,", "[INVITE|][ACK|]"},
      {"Allow-Events", "presence.winfo, refer", "[presence.winfo|][refer|]"},
      {"Unsupported", "a", "[a|]"},
      {"Proxy-Require", "a", "[a|]"},
      {"Content-Encoding", "gzip", "[gzip|]"},
      {"Content-Language", "en, de-AT", "[en|][de-AT|]"},
      {"Request-Disposition", "no-fork, recurse", "[no-fork|][recurse|]"},
      {"Accept-Encoding", "gzip;q=1.0, identity", "[gzip|;q=1.0][identity|]"},
      {"Accept-Language", "da, en-gb;q=0.8", "[da|][en-gb|;q=0.8]"},
      {"Accept-Contact", "*;audio;require", "[*|;audio;require]"},
      {"Reject-Contact", "*;actor=\"msg-taker\"", "[*|;actor=\"msg-taker\"]"},
      {"Accept", "application/sdp;level=1, */*;q=0.1", "[application/sdp|;level=1][*/*|;q=0.1]"},
      {"Event", "refer;id=1", "[refer|;id=1]"},
      {"Subscription-State", "active;expires=3;x", "[active|;expires=3;x]"},
      {"Content-Type", "multipart/mixed ; boundary=\"a;b\"", "[multipart/mixed|;boundary=\"a;b\"]"},
      {"Content-Disposition", "session;handling=optional", "[session|;handling=optional]"},
      {"Answer-Mode", "Auto;require", "[Auto|;require]"},
      {"Privacy", "id;header", "[id|;header]"},
      {"Reason", "SIP ;cause=200;text=\"a, b\",Q.850;cause=16",
       "[SIP|;cause=200;text=\"a, b\"][Q.850|;cause=16]"},
      {"Replaces", "a@b;to-tag=x;from-tag=y", "[a@b|;to-tag=x;from-tag=y]"},
      {"Target-Dialog", "a;local-tag=x;remote-tag=y", "[a|;local-tag=x;remote-tag=y]"},
      {"Warning", "307 isi.edu \"a, b\", 399 h:5060 \"c\"",
       "[307|isi.edu \"a, b\"][399|h:5060 \"c\"]"},
      {"WWW-Authenticate", "Digest realm=\"a, b\",nonce=c", "[Digest|;realm=\"a, b\";nonce=c]"},
      {"Authorization", "Digest username=\"a\", uri=\"sip:b\"",
       "[Digest|;username=\"a\";uri=\"sip:b\"]"},
      {"Proxy-Authenticate", "Digest realm=\"a\",nonce=\"b\",stale=TRUE",
       "[Digest|;realm=\"a\";nonce=\"b\";stale=TRUE]"},
      {"Proxy-Authorization", "Digest username=\"a\",nc=00000001",
       "[Digest|;username=\"a\";nc=00000001]"},
      {"Authentication-Info", "nextnonce=\"a\", qop=auth", "[|;nextnonce=\"a\";qop=auth]"},
      {"Date", "Sat, 13 Nov 2010 23:29:00 GMT", "[Sat, 13 Nov 2010 23:29:00 GMT|]"},
      {"Timestamp", "54.75 0.5", "[54.75 0.5|]"},
      {"SIP-ETag", "dx200xyz", "[dx200xyz|]"},
      {"SIP-If-Match", "dx200xyz", "[dx200xyz|]"},
      {"Identity", "eyJh.eyJp.c2ln;info=<https://a/b.cer>;alg=ES256",
       "[eyJh.eyJp.c2ln;info=<https://a/b.cer>;alg=ES256|]"},
      {"Identity-Info", "<https://a/b.cer>;alg=rsa-sha1", "[|https://a/b.cer;alg=rsa-sha1]"},
      {"Server", "A/1 (b; c)", "[A/1 (b; c)|]"},
      {"User-Agent", "A/1 (b; c)", "[A/1 (b; c)|]"},
      {"Subject", "", "[|]"},
  };
  std::set<HeaderId> seen;
  for (const auto& test : kCases) {
    EXPECT_EQ(Read(test.name, test.text), test.read) << test.name;
    seen.insert(FindHeader(test.name));
  }
  for (auto id = static_cast<uint8_t>(HeaderId::kOther) + 1;
       id <= static_cast<uint8_t>(HeaderId::kPPreferredIdentity); ++id) {
    EXPECT_TRUE(seen.contains(static_cast<HeaderId>(id)))
        << HeaderName(static_cast<HeaderId>(id)) << " is not in the table";
  }
}

TEST(ParseHeaderValue, RefusesWhatIsNone) {
  constexpr std::string_view kCases[][2] = {
      {"From", ""},
      {"From", "*"},
      {"From", "\"A <sip:a@b>"},
      {"Contact", "<sip:a@b>, <"},
      {"Via", "SIP/2.0 h"},
      {"CSeq", "1"},
      {"RAck", "1 INVITE"},
      {"Expires", "soon"},
      {"Expires", "1 2"},
      {"Expires", "4294967296"},
      {"Require", "a b"},
      {"Event", "a b"},
      {"Content-Type", "sdp"},
      {"Call-ID", "a b"},
      {"Replaces", ""},
      {"Warning", "no code"},
      {"WWW-Authenticate", "Digest"},
      {"Authentication-Info", ""},
      {"X-Own", "whatever"},
  };
  for (const auto& [name, text] : kCases)
    EXPECT_EQ(Read(name, text), "none") << name << ": " << text;
}

TEST(ParseTokenWithParameters, ReadsTheHeadersThatAreBuiltSo) {
  const auto state = ParseTokenWithParameters("terminated ; reason=noresource;expires=0");
  ASSERT_TRUE(state);
  EXPECT_EQ(state->token, "terminated");
  EXPECT_EQ(state->parameters.Get("reason"), "noresource");
  EXPECT_EQ(state->parameters.Get("expires"), "0");

  EXPECT_EQ(ParseTokenWithParameters("application/sdp;")->token, "application/sdp");
  EXPECT_EQ(ParseTokenWithParameters("presence.winfo")->token, "presence.winfo");
  const auto reason = ParseTokenWithParameters("SIP ;cause=200;text=\"Call completed; elsewhere\"");
  EXPECT_EQ(reason->token, "SIP");
  EXPECT_EQ(reason->parameters.Get("text"), "\"Call completed; elsewhere\"");
}

TEST(ParseTokenWithParameters, RefusesWhatIsNone) {
  EXPECT_FALSE(ParseTokenWithParameters(""));
  EXPECT_FALSE(ParseTokenWithParameters(";id=1"));
  EXPECT_FALSE(ParseTokenWithParameters("a;b, c;d"));
}

// A display name with a comma should be quoted; what the RFC allows is read as it says.
TEST(NextHeaderValue, TellsCommasInDisplayNamesFromThoseBetweenAddresses) {
  struct {
    std::string_view text;
    std::string_view read;
  } const kCases[] = {
      {"Doe, John <sip:j@d>", "[Doe, John|sip:j@d]"},
      {"Doe, John <sip:j@d>, Roe, Jane, Dr <sip:j@r>;q=1",
       "[Doe, John|sip:j@d][Roe, Jane, Dr|sip:j@r;q=1]"},
      {"sip:a@b,sip:c@d", "[|sip:a@b][|sip:c@d]"},
      {"A <sip:a@b>,B <sip:c@d>", "[A|sip:a@b][B|sip:c@d]"},
      {"\"A, x\" <sip:a,b@c>,sip:d", "[\"A, x\"|sip:a,b@c][|sip:d]"},
      {"<sip:a@b>,,<sip:c@d>,", "[|sip:a@b][|sip:c@d]"},
      {"<sip:a@b>, nonsense", "none"},
  };
  for (const auto& test : kCases) EXPECT_EQ(Read("Contact", test.text), test.read) << test.text;
}

Message Parsed(std::string_view fields) {
  auto result = ParseMessage(
      StrCat("BYE sip:b@c SIP/2.0\r\nVia: SIP/2.0/WS h;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\n"
             "To: <sip:b@c>;tag=2\r\nCall-ID: x\r\nCSeq: 1 BYE\r\n",
             fields, "\r\n"));
  return std::get<Message>(std::move(result));
}

TEST(HeaderValues, AreTheSameInOneLineAndInMany) {
  for (std::string_view fields : {"Reason: SIP;cause=200, Q.850;cause=16\r\n",
                                  "Reason: SIP;cause=200\r\nReason: Q.850\r\n ;cause=16\r\n"}) {
    const Message message = Parsed(fields);
    const std::vector<HeaderValue> values = HeaderValues(message, HeaderId::kReason);
    ASSERT_EQ(values.size(), 2u);
    EXPECT_EQ(Reason(values[0]).protocol, "SIP");
    EXPECT_EQ(Reason(values[0]).cause, 200u);
    EXPECT_EQ(Reason(values[1]).protocol, "Q.850");
    EXPECT_EQ(Reason(values[1]).cause, 16u);
  }
  EXPECT_THAT(HeaderValues(Parsed(""), HeaderId::kReason), IsEmpty());
  EXPECT_EQ(HeaderValues(Parsed("m: <sip:a@b>, <\r\nm: <sip:c>\r\n"), HeaderId::kContact).size(),
            2u);
}

template <typename View>
View Of(HeaderId id, std::string_view text) {
  return View(*ParseHeaderValue(KindOf(id), text));
}

TEST(HeaderViews, NameTheParts) {
  EXPECT_EQ(Of<Reason>(HeaderId::kReason, "SIP;cause=600;text=\"Busy \\\"x\\\"\"").text,
            "Busy \"x\"");
  const auto retry = Of<RetryAfter>(HeaderId::kRetryAfter, "18000 (later);duration=3600");
  EXPECT_EQ(retry.seconds, 18000u);
  EXPECT_EQ(retry.comment, "(later)");
  EXPECT_EQ(retry.duration, 3600u);
  const auto expires = Of<SessionExpires>(HeaderId::kSessionExpires, "1800;refresher=uas");
  EXPECT_EQ(expires.seconds, 1800u);
  EXPECT_EQ(expires.refresher, "uas");
  const auto replaces =
      Of<DialogReference>(HeaderId::kReplaces, "c@d;to-tag=l;from-tag=r;early-only");
  EXPECT_EQ(StrCat(replaces.call_id, replaces.local_tag, replaces.remote_tag), "c@dlr");
  EXPECT_TRUE(replaces.early_only);
  const auto target = Of<DialogReference>(HeaderId::kTargetDialog, "c;local-tag=l;remote-tag=r");
  EXPECT_EQ(StrCat(target.call_id, target.local_tag, target.remote_tag), "clr");
  EXPECT_FALSE(target.early_only);
  const auto warning = Of<WarningValue>(HeaderId::kWarning, "307 isi.edu \"not 'foo'\"");
  EXPECT_EQ(warning.code, 307u);
  EXPECT_EQ(warning.agent, "isi.edu");
  EXPECT_EQ(warning.text, "not 'foo'");
  const auto timestamp = Of<Timestamp>(HeaderId::kTimestamp, "54.75 0.5");
  EXPECT_EQ(timestamp.time, "54.75");
  EXPECT_EQ(timestamp.delay, "0.5");
}

}  // namespace
}  // namespace sip
