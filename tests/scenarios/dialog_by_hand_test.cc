#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scene.h"

namespace sip {
namespace {

using testing::ElementsAre;

// A dialog that alice knows all of.
PutDialog Known(CoreHandle core) {
  return {.core = core,
          .state = static_cast<uint32_t>(SessionState::kConfirmed),
          .call_id = "1",
          .local_tag = "a",
          .remote_tag = "b",
          .local = "<sip:alice@alice.invalid>;tag=a",
          .remote = "<sip:bob@bob.invalid>;tag=b",
          .remote_target = "sip:bob@bob.invalid",
          .local_sequence = 7};
}

class DialogByHand : public testing::Test {
 protected:
  // Dialogs made by hand end without a word; what is told of them is looked at as it happens.
  ~DialogByHand() override { scene_.Forget(); }

  TwoParties scene_;
  CoreHandle core_ = scene_.alice.core;
};

TEST_F(DialogByHand, CountsOnFromItsSequenceNumber) {
  PutDialog command = Known(core_);
  command.dialog = DialogHandle{scene_.alice.Do(command).handle};
  EXPECT_EQ(scene_.alice.Last<DialogChanged>().local_sequence, 7u);
  command.local_sequence = 20;
  scene_.alice.Do(command);
  EXPECT_EQ(scene_.alice.Last<DialogChanged>().local_sequence, 20u);
  scene_.alice.Do(SendInDialog{.dialog = command.dialog, .method = "INFO"});
  // Bob knows nothing of it, which ends it.
  EXPECT_THAT(scene_.Ladder(), ElementsAre("alice -> INFO -> bob", "bob -> 481 INFO -> alice"));
  EXPECT_EQ(scene_.alice.LastResponse().cseq().number, 21u);
}

TEST_F(DialogByHand, IsMadeOnce) {
  const DialogHandle dialog{scene_.alice.Do(Known(core_)).handle};
  EXPECT_EQ(scene_.alice.Refused(Known(core_)), StatusCode::kFailedPrecondition);
  scene_.alice.Do(DisposeDialog{.dialog = dialog});
}

// RFC 3261 section 8.1.1.5: "The sequence number value [...] MUST be less than 2**31."
TEST_F(DialogByHand, RefusesWhatCouldNotBeSent) {
  PutDialog command = Known(core_);
  command.local_sequence = 1u << 30;
  EXPECT_EQ(scene_.alice.Refused(command), StatusCode::kInvalidArgument);
  command = Known(core_);
  command.remote_target = "bob at home";
  EXPECT_EQ(scene_.alice.Refused(command), StatusCode::kInvalidArgument);
  for (const std::string_view call_id : {"", " ", " call", "call\t"}) {
    command = Known(core_);
    command.call_id = call_id;
    EXPECT_EQ(scene_.alice.Refused(command), StatusCode::kInvalidArgument) << call_id;
  }
  command = Known(core_);
  command.body = "no message";
  EXPECT_EQ(scene_.alice.Refused(command), StatusCode::kInvalidArgument);
  const DialogHandle dialog{scene_.alice.Do(Known(core_)).handle};
  EXPECT_EQ(
      scene_.alice.Refused(SendInDialog{.dialog = dialog, .method = "INFO", .cseq = 1u << 30}),
      StatusCode::kInvalidArgument);
  scene_.alice.Do(DisposeDialog{.dialog = dialog});
}

}  // namespace
}  // namespace sip
