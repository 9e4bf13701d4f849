#ifndef SIPWASM_TESTS_SUPPORT_ROUND_TRIP_H_
#define SIPWASM_TESTS_SUPPORT_ROUND_TRIP_H_

#include <string>
#include <string_view>

#include "messages/message.h"

// Serialising is the inverse of parsing: what is read and written again reads as the same values.
// Used by the tests over all vectors and by the fuzzers, so nothing here knows of GoogleTest.
namespace sip {

// The message once more, field by field under their full names; addresses, Via and the start line
// are taken apart and put together again.
std::string WriteAgain(const Message& message);

// Reads `message` in every way there is, writes it and reads that. "" if the values are the same,
// else what differs, for people.
std::string RoundTripLoss(const Message& message);

// The same for one text: as a URI, a name-addr, a Via, a CSeq, a RAck, a token with parameters and
// a challenge, whatever of them it can be read as.
std::string RoundTripLoss(std::string_view value);

}  // namespace sip

#endif  // SIPWASM_TESTS_SUPPORT_ROUND_TRIP_H_
