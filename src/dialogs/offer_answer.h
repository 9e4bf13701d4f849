#ifndef SIPWASM_SRC_DIALOGS_OFFER_ANSWER_H_
#define SIPWASM_SRC_DIALOGS_OFFER_ANSWER_H_

#include <cstdint>
#include <string_view>

namespace sip {

// Where the offer/answer exchange of a session stands: RFC 3264, RFC 3261 section 13.2.1, RFC 6337.
//
//             send offer                  receive answer
//   kInitial ------------> kHaveLocalOffer -------------> kStable
//            ------------> kHaveRemoteOffer ------------>
//            receive offer                 send answer
//
// From kStable it goes round again; a refused offer falls back to where it came from.
enum class Signaling : uint8_t { kInitial, kHaveLocalOffer, kHaveRemoteOffer, kStable, kClosed };

// The messages that can carry a session description (RFC 6337 section 2.2, table 1).
enum class Carrier : uint8_t {
  kInvite,
  kUnreliableProvisional,  // a preview of the answer at most: changes nothing
  kReliableProvisional,
  kInvite2xx,
  kAck,
  kPrack,
  kPrack2xx,
  kUpdate,
  kUpdate2xx,
};

class OfferAnswer {
 public:
  Signaling state() const { return state_; }

  // A message with a session description went out or came in. False, and no change, if RFC 6337
  // does not allow one in this state (a second offer while one is open: "491" or "500" by who
  // asks); repetitions of an answer already given (in the 2xx after a reliable 18x) change nothing.
  bool Sent(Carrier carrier);
  bool Received(Carrier carrier);

  // RFC 3261 section 14.1 and RFC 6337 section 3.4: the open offer was refused, or the request that
  // carried it failed.
  void Rollback();
  // By hand: a session description went out or came in, in whatever message.
  void Pass(bool sent);
  void Close() { state_ = Signaling::kClosed; }

  // The INVITE has its final response, with or without a session description: the next one begins
  // an exchange of its own. Needed only where reliable provisional responses are used, without
  // which the messages themselves tell.
  void InviteEnded() { invite_exchanged_ = false; }

 private:
  bool Carry(Carrier carrier, Signaling own_offer, Signaling peers_offer);
  bool CanOffer(Carrier carrier) const;

  Signaling state_ = Signaling::kInitial;
  Signaling before_offer_ = Signaling::kInitial;
  Carrier offer_carrier_ = Carrier::kInvite;  // while an offer is open

  // RFC 6337 section 3.1.1: "No other offer/answer exchanges can occur within the messages [...] of
  // the INVITE transaction" once a reliable provisional response carried its description.
  bool invite_exchanged_ = false;
};

}  // namespace sip

#endif  // SIPWASM_SRC_DIALOGS_OFFER_ANSWER_H_
