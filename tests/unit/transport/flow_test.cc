#include "transport/flow.h"

#include <gtest/gtest.h>

namespace sip {
namespace {

bool Reliable(const char* transport) {
  Flow flow;
  flow.transport = transport;
  return flow.reliable();
}

TEST(Flow, IsReliableOnEveryTransportButUdp) {
  for (const char* transport : {"WS", "WSS", "ws", "TCP", "TLS", "SCTP", "TLS-SCTP", ""}) {
    EXPECT_TRUE(Reliable(transport)) << transport;
  }
  for (const char* transport : {"UDP", "udp", "DTLS-UDP"}) {
    EXPECT_FALSE(Reliable(transport)) << transport;
  }
}

// RFC 3261 section 18.1.2.
TEST(Flow, OwnsAResponseWhoseSentByIsTheSameInAnyCase) {
  struct Case {
    const char* sent_by;
    const char* via;
    bool ours;
  };
  constexpr Case kCases[] = {
      {"df7jal23ls0d.invalid", "SIP/2.0/WSS df7jal23ls0d.invalid;branch=z9hG4bK1", true},
      {"df7jal23ls0d.invalid", "SIP/2.0/WSS DF7JAL23LS0D.Invalid;branch=z9hG4bK1", true},
      {"df7jal23ls0d.invalid", "SIP/2.0/WSS another.invalid;branch=z9hG4bK1", false},
      {"df7jal23ls0d.invalid", "SIP/2.0/WSS df7jal23ls0d.invalid:5060;branch=z9hG4bK1", false},
      {"host.example.com:5062", "SIP/2.0/TCP host.example.com:5062;branch=z9hG4bK1", true},
      {"host.example.com:5062", "SIP / 2.0 / TCP HOST.example.com : 5062 ;branch=z9hG4bK1", true},
      {"host.example.com:5062", "SIP/2.0/TCP host.example.com;branch=z9hG4bK1", false},
      {"host.example.com:5062", "SIP/2.0/TCP host.example.com:5060;branch=z9hG4bK1", false},
      {"[2001:db8::1]:5060", "SIP/2.0/UDP [2001:DB8::1]:5060;branch=z9hG4bK1", true},
  };
  for (const Case& one : kCases) {
    Flow flow;
    flow.sent_by = one.sent_by;
    const auto via = ParseVia(one.via);
    ASSERT_TRUE(via) << one.via;
    EXPECT_EQ(IsOurs(flow, *via), one.ours) << one.sent_by << " and " << one.via;
  }
}

}  // namespace
}  // namespace sip
