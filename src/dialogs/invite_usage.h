#ifndef SIPWASM_SRC_DIALOGS_INVITE_USAGE_H_
#define SIPWASM_SRC_DIALOGS_INVITE_USAGE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "base/handles.h"
#include "base/string.h"
#include "base/time.h"
#include "dialogs/offer_answer.h"
#include "dialogs/reliable_provisionals.h"
#include "dialogs/repeated_response.h"

namespace sip {

// Where a session stands, by SIP.js's names.
//
//   kInitial --101..199--> kEarly --2xx received---------------------> kConfirmed
//       |                    +-----2xx sent--> kAckWait --ACK-------->     |
//       +--- 2xx ------------------------------^                           |
//   any --BYE, CANCEL, failure, no ACK in 64*T1--> kTerminated <-----------+
enum class SessionState : uint8_t { kInitial, kEarly, kAckWait, kConfirmed, kTerminated };

// The session that an INVITE makes in a dialog: RFC 3261 sections 13 to 15, from either side.
//
// It holds what outlives transactions: the 2xx that waits for its ACK (section 13.3.1.4), the ACK
// that a retransmitted 2xx gets again (section 13.2.2.4), who has an INVITE open (section 14), the
// offer/answer exchange and the reliable provisional responses (RFC 3262).
class InviteUsage {
 public:
  explicit InviteUsage(OfferAnswer offer_answer) : offer_answer_(offer_answer) {}

  SessionState state() const { return state_; }
  OfferAnswer& offer_answer() { return offer_answer_; }
  ReliableProvisionals& provisionals() { return provisionals_; }
  Signaling signaling() const { return offer_answer_.state(); }

  void Progress();  // 101 to 199, in or out
  void Confirm();   // as UAC: a 2xx came
  void Terminate();

  // As UAS: a 2xx went out, and goes out again until its ACK comes.
  //
  // RFC 3261 section 13.3.1.4: "The 2xx response is passed to the transport with an interval that
  // starts at T1 seconds and doubles for each retransmission until it reaches T2 seconds".
  void AwaitAck(ServerHandle server, uint32_t cseq, String success, Time now);

  // The server whose 2xx this ACK is for; nullopt if no 2xx of this number waits.
  std::optional<ServerHandle> ReceiveAck(uint32_t cseq);

  // As UAC: an INVITE has got its 2xx, and its ACK, which may be given late and again and again.
  // Section 13.2.2.4: it has the number of the INVITE, and "MUST contain the same credentials as
  // the INVITE".
  struct Succeeded {
    ClientHandle client;  // which may be over
    uint32_t cseq;
    String credentials;  // lines
    String ack = {};     // empty until it was given
  };
  void Succeed(Succeeded invite) { succeeded_ = std::move(invite); }
  std::optional<Succeeded>& succeeded() { return succeeded_; }  // the last

  // RFC 3261 section 14: who has an INVITE open within the dialog.
  void OpenClientInvite(ClientHandle client) { client_invite_ = client; }
  void OpenServerInvite(ServerHandle server) { server_invite_ = server; }
  void CloseClientInvite() { client_invite_.reset(); }
  void CloseServerInvite() { server_invite_.reset(); }
  std::optional<ClientHandle> client_invite() const { return client_invite_; }
  std::optional<ServerHandle> server_invite() const { return server_invite_; }
  bool awaits_ack() const { return unacknowledged_ != nullptr; }

  // What is due by now: at most one retransmission, or the end of the wait.
  struct Due {
    std::string_view retransmit;         // a 2xx or 1xx; empty if none
    std::optional<ServerHandle> no_ack;  // 64*T1 have passed without an ACK to its 2xx
    bool no_prack = false;               // or without a PRACK
  };
  Due Advance(Time now);
  Time deadline() const;

 private:
  struct Unacknowledged {
    ServerHandle server;
    uint32_t cseq;
    RepeatedResponse success;
  };

  SessionState state_ = SessionState::kInitial;
  OfferAnswer offer_answer_;
  ReliableProvisionals provisionals_;
  std::unique_ptr<Unacknowledged> unacknowledged_;
  std::optional<Succeeded> succeeded_;
  std::optional<ClientHandle> client_invite_;
  std::optional<ServerHandle> server_invite_;
};

}  // namespace sip

#endif  // SIPWASM_SRC_DIALOGS_INVITE_USAGE_H_
