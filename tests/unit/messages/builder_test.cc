#include "messages/builder.h"

#include <gtest/gtest.h>

#include <string>

#include "base/str_cat.h"
#include "messages/parser.h"

namespace sip {
namespace {

Message Parsed(std::string_view text) {
  auto result = ParseMessage(text);
  EXPECT_TRUE(std::holds_alternative<Message>(result)) << text;
  return std::get<Message>(std::move(result));
}

constexpr std::string_view kInvite =
    "INVITE sip:bob@example.com SIP/2.0\r\n"
    "Via: SIP/2.0/WSS a.invalid;branch=z9hG4bK1, SIP/2.0/TCP b;branch=z9hG4bK0\r\n"
    "v: SIP/2.0/UDP c\r\n"
    "Max-Forwards: 70\r\n"
    "Route: <sip:p1;lr>, <sip:p2;lr>\r\n"
    "Route: <sip:p3;lr>\r\n"
    "Record-Route: <sip:r1;lr>\r\n"
    "Record-Route: <sip:r2;lr>\r\n"
    "From: \"A\"\r\n <sip:alice@example.com>;tag=a1\r\n"
    "To: sip:bob@example.com;x=\r\n"
    "Call-ID: call-1\r\n"
    "CSeq: 7 INVITE\r\n"
    "Timestamp: 54\r\n"
    "Proxy-Authorization: Digest username=\"a\"\r\n"
    "Content-Length: 0\r\n\r\n";

TEST(BuildRequest, WritesAllPartsInOrder) {
  const RequestParts parts = {
      .method = "INVITE",
      .request_uri = "sip:bob@example.com",
      .from = "<sip:alice@example.com>;tag=a1",
      .to = "<sip:bob@example.com>",
      .call_id = "call-1",
      .cseq = 4294967295,
      .routes = "Route: <sip:p1;lr>\r\nRoute: <sip:p2;lr>\r\n",
      .headers = "Contact: <sip:x@a.invalid>\r\nAllow: ACK\r\n",
      .credentials = "Authorization: Digest username=\"a\"\r\n",
      .body = {.content = "\xE2\x82\xAC\r\n",
               .content_type = "text/plain",
               .content_disposition = "render"},
  };
  EXPECT_EQ(BuildRequest(parts, BuildVia("WSS", "a.invalid", "z9hG4bK1")),
            "INVITE sip:bob@example.com SIP/2.0\r\n"
            "Via: SIP/2.0/WSS a.invalid;branch=z9hG4bK1\r\n"
            "Max-Forwards: 70\r\n"
            "Route: <sip:p1;lr>\r\n"
            "Route: <sip:p2;lr>\r\n"
            "From: <sip:alice@example.com>;tag=a1\r\n"
            "To: <sip:bob@example.com>\r\n"
            "Call-ID: call-1\r\n"
            "CSeq: 4294967295 INVITE\r\n"
            "Authorization: Digest username=\"a\"\r\n"
            "Contact: <sip:x@a.invalid>\r\n"
            "Allow: ACK\r\n"
            "Content-Type: text/plain\r\n"
            "Content-Disposition: render\r\n"
            "Content-Length: 5\r\n\r\n"
            "\xE2\x82\xAC\r\n");
}

TEST(BuildResponse, CopiesWhatTheRequestHas) {
  EXPECT_EQ(BuildResponse(Parsed(kInvite), {.status = 180,
                                            .reason = "",
                                            .to_tag = "b1",
                                            .headers = "Contact: <sip:b@b.invalid>\r\n",
                                            .body = {}}),
            "SIP/2.0 180 Ringing\r\n"
            "Via: SIP/2.0/WSS a.invalid;branch=z9hG4bK1, SIP/2.0/TCP b;branch=z9hG4bK0\r\n"
            "Via: SIP/2.0/UDP c\r\n"
            "From: \"A\"   <sip:alice@example.com>;tag=a1\r\n"
            "To: sip:bob@example.com;x=;tag=b1\r\n"
            "Call-ID: call-1\r\n"
            "CSeq: 7 INVITE\r\n"
            "Record-Route: <sip:r1;lr>\r\n"
            "Record-Route: <sip:r2;lr>\r\n"
            "Contact: <sip:b@b.invalid>\r\n"
            "Content-Length: 0\r\n\r\n");
}

std::string Response(std::string_view request, int status, std::string_view to_tag = "b1") {
  return BuildResponse(
      Parsed(request),
      {.status = status, .reason = "", .to_tag = to_tag, .headers = {}, .body = {}});
}

TEST(BuildResponse, CopiesRecordRouteOnlyWhereADialogCanArise) {
  for (int status : {101, 183, 200, 299}) {
    EXPECT_EQ(Parsed(Response(kInvite, status)).GetList(HeaderId::kRecordRoute).size(), 2u);
  }
  for (int status : {100, 300, 486}) {
    EXPECT_EQ(Response(kInvite, status).find("Record-Route"), std::string::npos) << status;
  }
  std::string bye(kInvite);
  for (size_t at; (at = bye.find("INVITE")) != std::string::npos;) bye.replace(at, 6, "BYE");
  EXPECT_EQ(Response(bye, 200).find("Record-Route"), std::string::npos);
}

TEST(BuildResponse, CopiesTimestampInto100Only) {
  EXPECT_EQ(Parsed(Response(kInvite, 100, "")).Get(HeaderId::kTimestamp), "54");
  EXPECT_EQ(Parsed(Response(kInvite, 100, "")).to_tag(), "");
  EXPECT_EQ(Response(kInvite, 200).find("Timestamp"), std::string::npos);
}

TEST(BuildResponse, KeepsATagThatIsThere) {
  std::string text(kInvite);
  text.replace(text.find(";x="), 3, ";tag=old");
  EXPECT_NE(Response(text, 200).find("To: sip:bob@example.com;tag=old\r\n"), std::string::npos);
  text.replace(text.find(";tag=old"), 8, "; , ");
  EXPECT_NE(Response(text, 200).find("To: sip:bob@example.com;tag=b1\r\n"), std::string::npos);
}

TEST(BuildResponse, WritesItsOwnReasonAndBody) {
  const std::string text = BuildResponse(
      Parsed(kInvite),
      {.status = 299,
       .reason = "Fine",
       .to_tag = "",
       .headers = {},
       .body = {.content = "x", .content_type = "text/plain", .content_disposition = ""}});
  EXPECT_TRUE(text.starts_with("SIP/2.0 299 Fine\r\n"));
  EXPECT_TRUE(text.ends_with("Content-Type: text/plain\r\nContent-Length: 1\r\n\r\nx"));
}

TEST(BuildAckForFailure, FollowsSection17) {
  const Message invite = Parsed(kInvite);
  EXPECT_EQ(BuildAckForFailure(invite, Parsed(Response(kInvite, 486))),
            "ACK sip:bob@example.com SIP/2.0\r\n"
            "Via: SIP/2.0/WSS a.invalid;branch=z9hG4bK1\r\n"
            "Max-Forwards: 70\r\n"
            "Route: <sip:p1;lr>, <sip:p2;lr>\r\n"
            "Route: <sip:p3;lr>\r\n"
            "From: \"A\"   <sip:alice@example.com>;tag=a1\r\n"
            "To: sip:bob@example.com;x=;tag=b1\r\n"
            "Call-ID: call-1\r\n"
            "CSeq: 7 ACK\r\n"
            "Proxy-Authorization: Digest username=\"a\"\r\n"
            "Content-Length: 0\r\n\r\n");
}

TEST(BuildCancel, FollowsSection9) {
  EXPECT_EQ(BuildCancel(Parsed(kInvite), "Reason: SIP;cause=200\r\n"),
            "CANCEL sip:bob@example.com SIP/2.0\r\n"
            "Via: SIP/2.0/WSS a.invalid;branch=z9hG4bK1\r\n"
            "Max-Forwards: 70\r\n"
            "Route: <sip:p1;lr>, <sip:p2;lr>\r\n"
            "Route: <sip:p3;lr>\r\n"
            "From: \"A\"   <sip:alice@example.com>;tag=a1\r\n"
            "To: sip:bob@example.com;x=\r\n"
            "Call-ID: call-1\r\n"
            "CSeq: 7 CANCEL\r\n"
            "Reason: SIP;cause=200\r\n"
            "Content-Length: 0\r\n\r\n");
}

TEST(BuildLocalResponse, LooksLikeOneThatCame) {
  const Message message = Parsed(BuildLocalResponse(Parsed(kInvite), 408));
  EXPECT_EQ(message.status(), 408);
  EXPECT_EQ(message.reason(), "Request Timeout");
  EXPECT_EQ(message.cseq().number, 7u);
  EXPECT_EQ(message.to_tag(), "");
}

StatusCode Check(std::string_view text, uint32_t count) {
  return CheckHeaderLines({.text = text, .count = count}).code();
}

TEST(CheckHeaderLines, TakesLinesOfFields) {
  EXPECT_EQ(Check("", 0), StatusCode::kOk);
  for (std::string_view line : {"A: b", "A:", "X-Own_1:c:d", "Subject: \xD0\xBD"}) {
    EXPECT_EQ(Check(StrCat(line, "\r\n"), 1), StatusCode::kOk) << line;
    EXPECT_EQ(Check(StrCat("First: 1\r\n", line, "\r\n"), 2), StatusCode::kOk) << line;
  }
}

TEST(CheckHeaderLines, LetsNoLineSmuggleInAnother) {
  for (std::string_view line : {"", "A", ": b", "A b: c", "A: b\r\nC: d", "A: b\r\n", "A: b\n",
                                "A: b\r", "A\r\n: b", "A: b\r\nC: d\r\nE: f"}) {
    for (std::string_view before : {"", "First: 1\r\n"}) {
      EXPECT_EQ(Check(StrCat(before, line, "\r\n"), before.empty() ? 1 : 2),
                StatusCode::kInvalidArgument)
          << before << line;
    }
  }
  EXPECT_EQ(Check(std::string_view("A: \0\r\n", 6), 1), StatusCode::kInvalidArgument);
}

TEST(CheckHeaderLines, WantsWholeLinesAndAllOfThem) {
  EXPECT_EQ(Check("A: b", 1), StatusCode::kInvalidArgument);
  EXPECT_EQ(Check("", 1), StatusCode::kInvalidArgument);
  EXPECT_EQ(Check("A: b\r\n", 2), StatusCode::kInvalidArgument);
  EXPECT_EQ(Check("A: b\r\n", 0), StatusCode::kInvalidArgument);
}

TEST(FindLine, FindsAFieldByEachOfItsNames) {
  const std::string_view lines = "Subject: x\r\nm : <sip:a>\r\nALLOW: ACK\r\n";
  EXPECT_EQ(FindLine(lines, HeaderId::kContact), "m : <sip:a>\r\n");
  EXPECT_EQ(FindLine(lines, HeaderId::kAllow), "ALLOW: ACK\r\n");
  EXPECT_EQ(FindLine(lines, HeaderId::kSupported), "");
  EXPECT_EQ(FindLine("", HeaderId::kSupported), "");
}

}  // namespace
}  // namespace sip
