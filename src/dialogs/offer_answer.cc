#include "dialogs/offer_answer.h"

namespace sip {
namespace {

// RFC 6337 section 2.2, table 1: in what the answer to an offer in `offer` may come.
bool Answers(Carrier offer, Carrier answer) {
  switch (offer) {
    case Carrier::kInvite:  // patterns 1 and 3
      return answer == Carrier::kInvite2xx || answer == Carrier::kReliableProvisional;
    case Carrier::kInvite2xx:  // pattern 2
      return answer == Carrier::kAck;
    case Carrier::kReliableProvisional:  // pattern 4
      return answer == Carrier::kPrack;
    case Carrier::kPrack:  // pattern 5
      return answer == Carrier::kPrack2xx;
    case Carrier::kUpdate:  // pattern 6
      return answer == Carrier::kUpdate2xx;
    default:
      return false;
  }
}

bool IsInviteResponse(Carrier carrier) {
  return carrier == Carrier::kReliableProvisional || carrier == Carrier::kInvite2xx;
}

}  // namespace

bool OfferAnswer::Sent(Carrier carrier) {
  return Carry(carrier, Signaling::kHaveLocalOffer, Signaling::kHaveRemoteOffer);
}

bool OfferAnswer::Received(Carrier carrier) {
  return Carry(carrier, Signaling::kHaveRemoteOffer, Signaling::kHaveLocalOffer);
}

// `own_offer`: the state in which an offer of whoever sent this message is open; `peers_offer`: of
// the other side.
bool OfferAnswer::Carry(Carrier carrier, Signaling own_offer, Signaling peers_offer) {
  if (state_ == Signaling::kClosed) return false;
  if (carrier == Carrier::kUnreliableProvisional) {
    // RFC 3261 section 13.2.1: an offer or answer stands in a "reliable non-failure message"; until
    // it comes, the same answer may be shown before.
    return state_ == Signaling::kStable ||
           (state_ == peers_offer && offer_carrier_ == Carrier::kInvite);
  }
  // RFC 6337 section 3.1.1: "only the first SDP in a reliable non-failure response to the INVITE
  // request is the real answer". What follows in the same transaction repeats it.
  if (invite_exchanged_ && IsInviteResponse(carrier)) return true;

  if (state_ == peers_offer && Answers(offer_carrier_, carrier)) {
    state_ = Signaling::kStable;
    if (carrier == Carrier::kReliableProvisional) invite_exchanged_ = true;
    return true;
  }
  // RFC 6337 section 2.2: "There may be ONLY ONE offer/answer negotiation in progress for a single
  // dialog at any point in time."
  if (!CanOffer(carrier)) return false;
  before_offer_ = state_;
  state_ = own_offer;
  offer_carrier_ = carrier;
  if (carrier == Carrier::kInvite) invite_exchanged_ = false;
  if (carrier == Carrier::kReliableProvisional) invite_exchanged_ = true;
  return true;
}

bool OfferAnswer::CanOffer(Carrier carrier) const {
  switch (carrier) {
    // RFC 3261 section 13.2.1: "the initial offer MUST be in either an INVITE or, if not there, in
    // the first reliable non-failure message from the UAS back to the UAC".
    case Carrier::kInvite:
    case Carrier::kReliableProvisional:
    case Carrier::kInvite2xx:
      return state_ == Signaling::kInitial || state_ == Signaling::kStable;
    // RFC 6337 table 1: patterns 5 and 6 cannot "initiate the session".
    case Carrier::kPrack:
    case Carrier::kUpdate:
      return state_ == Signaling::kStable;
    default:
      return false;
  }
}

void OfferAnswer::Pass(bool sent) {
  const Signaling own = sent ? Signaling::kHaveLocalOffer : Signaling::kHaveRemoteOffer;
  if (state_ == Signaling::kInitial || state_ == Signaling::kStable) {
    before_offer_ = state_;
    state_ = own;
    offer_carrier_ = Carrier::kInvite;
  } else if (state_ != own && state_ != Signaling::kClosed) {
    state_ = Signaling::kStable;
  }
}

void OfferAnswer::Rollback() {
  if (state_ == Signaling::kHaveLocalOffer || state_ == Signaling::kHaveRemoteOffer) {
    state_ = before_offer_;
  }
}

}  // namespace sip
