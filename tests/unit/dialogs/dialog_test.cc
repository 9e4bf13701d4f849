#include "dialogs/dialog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/str_cat.h"
#include "messages/parser.h"

namespace sip {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Message Parse(std::string_view text) {
  auto parsed = ParseMessage(text);
  EXPECT_TRUE(std::holds_alternative<Message>(parsed)) << text;
  return std::get<Message>(std::move(parsed));
}

RequestParts Invite() {
  RequestParts request;
  request.method = "INVITE";
  request.request_uri = "sip:bob@biloxi.example.com";
  request.from = "\"Alice\" <sip:alice@atlanta.example.com>;tag=alices";
  request.to = "Bob <sip:bob@biloxi.example.com>";
  request.call_id = "call-1";
  request.cseq = 10;
  return request;
}

// A response to `Invite()`.
Message Response(int status, std::string_view headers, std::string_view to_tag = ";tag=bobs") {
  return Parse(StrCat("SIP/2.0 ", status, " Whatever\r\nVia: SIP/2.0/WSS a.invalid;branch=z9hG4bK1",
                      "\r\nFrom: \"Alice\" <sip:alice@atlanta.example.com>;tag=alices\r\nTo: Bob ",
                      "<sip:bob@biloxi.example.com>", to_tag, "\r\nCall-ID: call-1\r\nCSeq: 10 ",
                      "INVITE\r\n", headers, "Content-Length: 0\r\n\r\n"));
}

// A request of Alice to Bob.
Message Request(std::string_view method, uint32_t cseq, std::string_view headers,
                std::string_view from_tag = ";tag=alices",
                std::string_view uri = "sip:bob@biloxi.example.com") {
  return Parse(StrCat(method, " ", uri, " SIP/2.0\r\nVia: SIP/2.0/WSS a.invalid;branch=z9hG4bK1",
                      "\r\nFrom: <sip:alice@atlanta.example.com>", from_tag,
                      "\r\nTo: Bob <sip:bob@biloxi.example.com>\r\nCall-ID: call-1\r\nCSeq: ", cseq,
                      " ", method, "\r\n", headers, "Content-Length: 0\r\n\r\n"));
}

constexpr std::string_view kContact = "Contact: <sip:bob@192.0.2.4>\r\n";
constexpr std::string_view kRoutes =
    "Record-Route: <sip:p2.example.com;lr>;x=1, <sip:p1.example.com;lr>\r\n"
    "Record-Route: \"Edge\" <sip:edge.example.com;lr;transport=ws>\r\n";

// The values of Route lines.
std::vector<std::string> Routes(std::string_view lines) {
  std::vector<std::string> routes;
  while (!lines.empty()) {
    const std::string_view line = NextLine(lines);
    EXPECT_TRUE(line.starts_with("Route: ") && line.ends_with("\r\n")) << line;
    routes.emplace_back(line.substr(7, line.size() - 9));
  }
  return routes;
}

Dialog AsCaller(std::string_view headers = kContact, int status = 180) {
  return Dialog::FromResponse(Invite(), Response(status, headers));
}

Dialog AsCallee(std::string_view headers = "Contact: <sip:alice@192.0.2.1>\r\n") {
  return Dialog::FromRequest(Request("INVITE", 10, headers), "bobs");
}

// RFC 3261 section 12.1.2.
TEST(Dialog, TakesItsStateFromTheResponseAsUac) {
  const Dialog dialog = AsCaller(StrCat(kContact, kRoutes));
  EXPECT_EQ(dialog.id(), (DialogId{"call-1", "alices", "bobs"}));
  EXPECT_EQ(dialog.local_sequence(), 10u);
  EXPECT_EQ(dialog.remote_sequence(), std::nullopt);
  EXPECT_EQ(dialog.local(), "\"Alice\" <sip:alice@atlanta.example.com>;tag=alices");
  EXPECT_EQ(dialog.remote(), "Bob <sip:bob@biloxi.example.com>;tag=bobs");
  EXPECT_EQ(dialog.remote_target(), "sip:bob@192.0.2.4");
  EXPECT_THAT(Routes(dialog.route_set()),
              ElementsAre("\"Edge\" <sip:edge.example.com;lr;transport=ws>",
                          "<sip:p1.example.com;lr>", "<sip:p2.example.com;lr>;x=1"));
  EXPECT_FALSE(dialog.confirmed());
  EXPECT_FALSE(dialog.secure());
}

// RFC 3261 section 12.1.1.
TEST(Dialog, TakesItsStateFromTheRequestAsUas) {
  const Dialog dialog =
      AsCallee(StrCat("Contact: \"A\" <sip:alice@192.0.2.1;ob>;q=1\r\n", kRoutes));
  EXPECT_EQ(dialog.id(), (DialogId{"call-1", "bobs", "alices"}));
  EXPECT_EQ(dialog.local_sequence(), 0u);
  EXPECT_EQ(dialog.remote_sequence(), 10u);
  EXPECT_EQ(dialog.local(), "Bob <sip:bob@biloxi.example.com>;tag=bobs");
  EXPECT_EQ(dialog.remote(), "<sip:alice@atlanta.example.com>;tag=alices");
  EXPECT_EQ(dialog.remote_target(), "sip:alice@192.0.2.1;ob");
  EXPECT_THAT(Routes(dialog.route_set()),
              ElementsAre("<sip:p2.example.com;lr>;x=1", "<sip:p1.example.com;lr>",
                          "\"Edge\" <sip:edge.example.com;lr;transport=ws>"));
  EXPECT_FALSE(dialog.confirmed());
}

// RFC 6665 section 4.4.1.
TEST(Dialog, TakesItsStateFromANotifyAsSubscriber) {
  RequestParts subscribe = Invite();
  subscribe.method = "SUBSCRIBE";
  subscribe.from = "<sip:bob@biloxi.example.com>;tag=bobs";
  const Message notify =
      Request("NOTIFY", 500, StrCat("Contact: <sip:notifier@192.0.2.9>\r\n", kRoutes));
  Dialog dialog = Dialog::FromSubscribe(subscribe);
  EXPECT_EQ(dialog.id(), (DialogId{"call-1", "bobs", ""}));
  EXPECT_FALSE(dialog.confirmed());
  dialog.Establish(notify);
  EXPECT_EQ(dialog.id(), (DialogId{"call-1", "bobs", "alices"}));
  EXPECT_TRUE(dialog.confirmed());
  EXPECT_EQ(dialog.local(), "<sip:bob@biloxi.example.com>;tag=bobs");
  EXPECT_EQ(dialog.remote(), "<sip:alice@atlanta.example.com>;tag=alices");
  EXPECT_EQ(dialog.remote_target(), "sip:notifier@192.0.2.9");
  EXPECT_EQ(dialog.remote_sequence(), 500u);
  EXPECT_EQ(Routes(dialog.route_set()).front(), "<sip:p2.example.com;lr>;x=1");
  EXPECT_EQ(dialog.MakeRequest("SUBSCRIBE").cseq, 11u);
}

TEST(Dialog, IsKnownByTheSameIdOnBothSides) {
  const Message request = Parse(
      "BYE sip:a SIP/2.0\r\nVia: SIP/2.0/WSS a.invalid;branch=z9hG4bK1\r\nFrom: "
      "<sip:b>;tag=bobs\r\n"
      "To: <sip:a>;tag=alices\r\nCall-ID: call-1\r\nCSeq: 1 BYE\r\n\r\n");
  EXPECT_EQ(DialogIdOfIncomingRequest(request), AsCaller().id());
  EXPECT_EQ(DialogIdOfIncomingResponse(Response(180, "")), AsCaller().id());
  EXPECT_EQ(DialogIdOfIncomingRequest(request).Key(), AsCaller().id().Key());
}

TEST(Dialog, HasKeysThatDifferWhereverIdsDo) {
  const DialogId id{"a", "b", "c"};
  for (const DialogId& other :
       {DialogId{"x", "b", "c"}, DialogId{"a", "x", "c"}, DialogId{"a", "b", "x"},
        DialogId{"a", "c", "b"}, DialogId{"ab", "", "c"}, DialogId{"a", "bc", ""}}) {
    EXPECT_NE(id.Key(), other.Key());
  }
}

// "A UAC MUST be prepared to receive a response without a tag in the To field, in which case the
// tag is considered to have a value of null", and the other way round.
TEST(Dialog, OmitsATagThatThePeerNeverSent) {
  Dialog caller = Dialog::FromResponse(Invite(), Response(200, kContact, ""));
  EXPECT_EQ(caller.id().remote_tag, "");
  EXPECT_EQ(caller.MakeRequest("BYE").to, "Bob <sip:bob@biloxi.example.com>");

  Dialog callee = Dialog::FromRequest(Request("INVITE", 1, kContact, ""), "bobs");
  EXPECT_EQ(callee.id().remote_tag, "");
  EXPECT_EQ(callee.MakeRequest("BYE").to, "<sip:alice@atlanta.example.com>");
  EXPECT_EQ(callee.MakeRequest("BYE").from, "Bob <sip:bob@biloxi.example.com>;tag=bobs");
}

TEST(Dialog, ReachesAPeerThatGaveNoContactByWhatItKnows) {
  EXPECT_EQ(AsCaller("").remote_target(), "sip:bob@biloxi.example.com");
  EXPECT_EQ(AsCallee("").remote_target(), "sip:alice@atlanta.example.com");
  EXPECT_EQ(AsCaller("Contact: *\r\n").remote_target(), "sip:bob@biloxi.example.com");
}

TEST(Dialog, IsSecureIfTheRequestUriWasSips) {
  RequestParts request = Invite();
  request.request_uri = "sips:bob@biloxi.example.com";
  EXPECT_TRUE(Dialog::FromResponse(request, Response(180, kContact)).secure());
  EXPECT_TRUE(
      Dialog::FromRequest(Request("INVITE", 1, kContact, ";tag=a", "SIPS:bob@example.com"), "bobs")
          .secure());
  EXPECT_FALSE(AsCallee().secure());
}

TEST(Dialog, KeepsFoldedHeadersOnOneLine) {
  const Dialog dialog = AsCaller(
      "Contact: <sip:bob@192.0.2.4>\r\nRecord-Route: <sip:p1.example.com;lr>\r\n ;x=1\r\n");
  ASSERT_EQ(Routes(dialog.route_set()).size(), 1u);
  EXPECT_EQ(Routes(dialog.route_set()).front().find_first_of("\r\n"), std::string::npos);
}

TEST(Dialog, PutsRoutesWithoutBracketsIntoBrackets) {
  EXPECT_THAT(Routes(AsCaller("Record-Route: sip:p1.example.com\r\n").route_set()),
              ElementsAre("<sip:p1.example.com>"));
}

// Confirming.

TEST(Dialog, IsConfirmedAtOnceByA2xx) { EXPECT_TRUE(AsCaller(kContact, 200).confirmed()); }

// RFC 3261 section 13.2.2.4: "the route set for the dialog MUST be recomputed based on the 2xx".
TEST(Dialog, RecomputesTheRouteSetWhenA2xxConfirmsIt) {
  Dialog dialog = AsCaller(StrCat(kContact, kRoutes));
  dialog.MakeRequest("PRACK");
  dialog.Confirm(Response(200, "Record-Route: <sip:b;lr>, <sip:a;lr>\r\nContact: <sip:new@x>\r\n"));
  EXPECT_TRUE(dialog.confirmed());
  EXPECT_THAT(Routes(dialog.route_set()), ElementsAre("<sip:a;lr>", "<sip:b;lr>"));
  EXPECT_EQ(dialog.remote_target(), "sip:new@x");
  EXPECT_EQ(dialog.local_sequence(), 11u);
}

TEST(Dialog, KeepsItsRouteSetOnceConfirmed) {
  Dialog dialog = AsCaller(StrCat(kContact, kRoutes), 200);
  dialog.Confirm(Response(200, "Record-Route: <sip:b;lr>\r\nContact: <sip:new@x>\r\n"));
  EXPECT_EQ(Routes(dialog.route_set()).size(), 3u);
  EXPECT_EQ(dialog.remote_target(), "sip:bob@192.0.2.4");
}

TEST(Dialog, IsConfirmedAsUasWhenTheUserSaysSo) {
  Dialog dialog = AsCallee();
  dialog.Confirm();
  EXPECT_TRUE(dialog.confirmed());
}

// Requests within it, RFC 3261 section 12.2.1.1.

TEST(Dialog, SendsToTheRemoteTargetIfThereIsNoRouteSet) {
  Dialog dialog = AsCaller();
  const RequestParts request = dialog.MakeRequest("BYE");
  EXPECT_EQ(request.method, "BYE");
  EXPECT_EQ(request.request_uri, "sip:bob@192.0.2.4");
  EXPECT_THAT(Routes(request.routes), IsEmpty());
  EXPECT_EQ(request.from, "\"Alice\" <sip:alice@atlanta.example.com>;tag=alices");
  EXPECT_EQ(request.to, "Bob <sip:bob@biloxi.example.com>;tag=bobs");
  EXPECT_EQ(request.call_id, "call-1");
}

TEST(Dialog, RoutesLooselyThroughAFirstProxyWithLr) {
  for (const char* first : {"<sip:p1.example.com;lr>", "<sip:p1.example.com;LR=on>"}) {
    Dialog dialog = AsCallee(
        StrCat("Contact: <sip:a@x>\r\nRecord-Route: ", first, ", <sip:p2.example.com>\r\n"));
    const RequestParts request = dialog.MakeRequest("INFO");
    EXPECT_EQ(request.request_uri, "sip:a@x");
    EXPECT_THAT(Routes(request.routes), ElementsAre(first, "<sip:p2.example.com>"));
  }
}

// The example of RFC 3261 section 12.2.1.1.
TEST(Dialog, RoutesStrictlyThroughAFirstProxyWithoutLr) {
  Dialog dialog = AsCallee(
      "Contact: <sip:user@remoteua>\r\n"
      "Record-Route: <sip:proxy1>,<sip:proxy2>,<sip:proxy3;lr>,<sip:proxy4>\r\n");
  const RequestParts request = dialog.MakeRequest("INFO");
  EXPECT_EQ(request.request_uri, "sip:proxy1");
  EXPECT_THAT(Routes(request.routes), ElementsAre("<sip:proxy2>", "<sip:proxy3;lr>", "<sip:proxy4>",
                                                  "<sip:user@remoteua>"));
}

// "stripping any parameters that are not allowed in a Request-URI": section 19.1.1, table 1.
TEST(Dialog, StripsWhatARequestUriMustNotHave) {
  struct Case {
    const char* route;
    const char* request_uri;
  };
  constexpr Case kCases[] = {
      {"sip:p1;transport=tcp", "sip:p1;transport=tcp"},
      {"sip:p1;method=INVITE", "sip:p1"},
      {"sip:p1;maddr=192.0.2.1;METHOD=BYE;ttl=3", "sip:p1;maddr=192.0.2.1;ttl=3"},
      {"sip:u@p1:5070;flag?Subject=x", "sip:u@p1:5070;flag"},
      {"sip:p1?Subject=x;y", "sip:p1"},
  };
  for (const Case& one : kCases) {
    Dialog dialog = AsCallee(StrCat("Contact: <sip:a@x>\r\nRecord-Route: <", one.route, ">\r\n"));
    const RequestParts request = dialog.MakeRequest("INFO");
    EXPECT_EQ(request.request_uri, one.request_uri);
    EXPECT_THAT(Routes(request.routes), ElementsAre("<sip:a@x>"));
  }
}

TEST(Dialog, CountsItsRequestsOneByOne) {
  Dialog caller = AsCaller();
  EXPECT_EQ(caller.MakeRequest("INFO").cseq, 11u);
  EXPECT_EQ(caller.MakeRequest("BYE").cseq, 12u);
  Dialog callee = AsCallee();
  EXPECT_EQ(callee.MakeRequest("BYE").cseq, 1u);
}

TEST(Dialog, GivesAckTheNumberOfItsInvite) {
  Dialog dialog = AsCaller();
  EXPECT_EQ(dialog.MakeRequest("ACK", 10).cseq, 10u);
  EXPECT_EQ(dialog.local_sequence(), 10u);
  EXPECT_EQ(dialog.MakeRequest("BYE").cseq, 11u);
}

// The order of what comes in, RFC 3261 section 12.2.2.

TEST(Dialog, TakesTheFirstNumberOfThePeerWhateverItIs) {
  Dialog dialog = AsCaller();
  EXPECT_TRUE(dialog.AcceptSequence(Request("INFO", 4711, "")));
  EXPECT_EQ(dialog.remote_sequence(), 4711u);
  Dialog zero = AsCaller();
  EXPECT_TRUE(zero.AcceptSequence(Request("INFO", 0, "")));
  EXPECT_EQ(zero.remote_sequence(), 0u);
  EXPECT_FALSE(zero.AcceptSequence(Request("INFO", 0, "")));
}

TEST(Dialog, TakesGapsButNothingLowerOrSeenBefore) {
  Dialog dialog = AsCallee();
  EXPECT_TRUE(dialog.AcceptSequence(Request("INFO", 11, "")));
  EXPECT_TRUE(dialog.AcceptSequence(Request("INFO", 20, "")));
  EXPECT_FALSE(dialog.AcceptSequence(Request("INFO", 19, "")));
  EXPECT_FALSE(dialog.AcceptSequence(Request("BYE", 20, "")));
  EXPECT_EQ(dialog.remote_sequence(), 20u);
}

TEST(Dialog, TakesAckAndCancelWithTheNumberOfTheirInvite) {
  Dialog dialog = AsCallee();
  dialog.AcceptSequence(Request("INFO", 12, ""));
  EXPECT_TRUE(dialog.AcceptSequence(Request("ACK", 10, "")));
  EXPECT_TRUE(dialog.AcceptSequence(Request("CANCEL", 10, "")));
  EXPECT_EQ(dialog.remote_sequence(), 12u);
}

// Target refresh.

TEST(Dialog, TakesTheContactOfATargetRefresh) {
  constexpr std::string_view kNew = "Contact: <sip:alice@198.51.100.1>\r\n";
  for (const char* method : {"INVITE", "UPDATE", "SUBSCRIBE", "NOTIFY", "REFER"}) {
    Dialog dialog = AsCallee();
    dialog.RefreshTarget(Request(method, 11, kNew));
    EXPECT_EQ(dialog.remote_target(), "sip:alice@198.51.100.1") << method;
  }
  for (const char* method : {"ACK", "INFO", "BYE", "MESSAGE", "OPTIONS", "PRACK"}) {
    Dialog dialog = AsCallee();
    dialog.RefreshTarget(Request(method, 11, kNew));
    EXPECT_EQ(dialog.remote_target(), "sip:alice@192.0.2.1") << method;
  }
}

TEST(Dialog, TakesTheContactOfA2xxToATargetRefreshAndOfNoOtherResponse) {
  constexpr std::string_view kNew = "Contact: <sip:bob@198.51.100.1>\r\n";
  Dialog dialog = AsCaller();
  for (const int status : {180, 302, 486}) {
    dialog.RefreshTarget(Response(status, kNew));
    EXPECT_EQ(dialog.remote_target(), "sip:bob@192.0.2.4") << status;
  }
  dialog.RefreshTarget(Response(200, kNew));
  EXPECT_EQ(dialog.remote_target(), "sip:bob@198.51.100.1");
}

TEST(Dialog, KeepsItsTargetIfARefreshHasNoContact) {
  Dialog dialog = AsCaller();
  dialog.RefreshTarget(Response(200, ""));
  EXPECT_EQ(dialog.remote_target(), "sip:bob@192.0.2.4");
}

TEST(Dialog, KeepsItsRouteSetAtATargetRefresh) {
  Dialog dialog = AsCallee(StrCat("Contact: <sip:a@x>\r\n", kRoutes));
  dialog.RefreshTarget(Request("INVITE", 11, "Contact: <sip:a@y>\r\nRecord-Route: <sip:z;lr>\r\n"));
  EXPECT_EQ(Routes(dialog.route_set()).size(), 3u);
}

}  // namespace
}  // namespace sip
