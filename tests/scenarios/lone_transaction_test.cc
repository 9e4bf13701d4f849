#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scene.h"

namespace sip {
namespace {

using enum TransactionOutcome::Part;
using testing::ElementsAre;
using testing::IsEmpty;

// A core for transactions that stand alone, beside that of a party.
class LoneTransaction : public testing::Test {
 protected:
  LoneTransaction() { scene_.Forget(); }
  ~LoneTransaction() override { party_.Do(DisposeCore{.core = core_}); }

  TransactionHandle Start(bool invite, bool server, bool reliable = true) {
    return TransactionHandle{party_
                                 .Do(StartTransaction{.core = core_,
                                                      .reliable = reliable,
                                                      .invite = invite,
                                                      .server = server,
                                                      .body = server ? "" : "REQUEST"})
                                 .handle};
  }

  // The state and the parts of what becomes of it.
  std::pair<TransactionState, int> Drive(TransactionHandle transaction, uint32_t status,
                                         std::string_view text = "") {
    const Reply reply =
        party_.Do(DriveTransaction{.transaction = transaction, .status = status, .body = text});
    text_ = reply.text;
    return {static_cast<TransactionState>(reply.handle >> 8), reply.handle & 0xff};
  }

  TwoParties scene_;
  Party& party_ = scene_.alice;
  CoreHandle core_{party_.Do(CreateCore{}).handle};
  std::string text_;
};

constexpr char kGone[] = "transaction 5 16 ";

TEST_F(LoneTransaction, InviteClientPassesUpAndAsksForTheAckOfARefusal) {
  const auto invite = Start(true, false);
  using enum TransactionState;
  EXPECT_EQ(Drive(invite, 180), std::pair(kProceeding, int{kPassUp}));
  EXPECT_EQ(Drive(invite, 486), std::pair(kCompleted, kTransmit | kPassUp));
  EXPECT_EQ(text_, "");
  EXPECT_EQ(Drive(invite, 486), std::pair(kCompleted, int{kTransmit}));
  EXPECT_THAT(party_.Heard(), IsEmpty());  // timer D, of zero seconds, waits for the next wake-up
  scene_.Wait(Milliseconds(1));
  EXPECT_THAT(party_.Heard(), ElementsAre(kGone, "terminated transaction"));
}

TEST_F(LoneTransaction, IsRetransmittedOnAnUnreliableTransportUntilItTimesOut) {
  const auto invite = Start(true, false, /*reliable=*/false);
  scene_.Wait(Milliseconds(1500));
  EXPECT_THAT(party_.Heard(), ElementsAre("transaction 1 1 REQUEST", "transaction 1 1 REQUEST"));
  scene_.Wait(Seconds(32));
  EXPECT_EQ(party_.Refused(DriveTransaction{.transaction = invite, .status = 200}),
            StatusCode::kNotFound);
  EXPECT_THAT(party_.Heard(), testing::Contains("terminated transaction"));
}

TEST_F(LoneTransaction, InviteServerRepeatsItsProvisionalResponseAndTakesTheAck) {
  const auto invite = Start(true, true);
  using enum TransactionState;
  EXPECT_EQ(Drive(invite, 0, "INVITE"), std::pair(kProceeding, 0));
  EXPECT_EQ(Drive(invite, 180, "RINGING"), std::pair(kProceeding, int{kTransmit}));
  scene_.Wait(Seconds(60));
  EXPECT_THAT(party_.Heard(), ElementsAre("transaction 4 1 RINGING"));
  EXPECT_EQ(Drive(invite, 486, "BUSY"), std::pair(kCompleted, int{kTransmit}));
  EXPECT_EQ(Drive(invite, 0, "INVITE"), std::pair(kCompleted, int{kTransmit}));
  EXPECT_EQ(text_, "BUSY");
  EXPECT_EQ(Drive(invite, 0, "ACK"), std::pair(kConfirmed, 0));
}

TEST_F(LoneTransaction, EndsWhenItIsDisposedOf) {
  const auto server = Start(false, true);
  party_.Do(DisposeRequest{.request = static_cast<uint32_t>(server)});
  EXPECT_THAT(party_.Heard(), ElementsAre("terminated transaction"));
}

}  // namespace
}  // namespace sip
