#ifndef SIPWASM_SRC_BASE_HANDLES_H_
#define SIPWASM_SRC_BASE_HANDLES_H_

#include <cstdint>

// Identities that cross the door. A handle is a number that the Stack gives out once and never
// again; 0 is nobody. One type per noun, so that the compiler tells a dialog from a client.
namespace sip {

enum class CoreHandle : uint32_t {};          // a UserAgentCore
enum class ClientHandle : uint32_t {};        // a UserAgentClient: one request on its way out
enum class ServerHandle : uint32_t {};        // a UserAgentServer: one request that came in
enum class DialogHandle : uint32_t {};        // a Dialog with its usages
enum class RegistrationHandle : uint32_t {};  // a Registration
enum class TransactionHandle : uint32_t {};   // a transaction; never crosses the door by itself

// Gives out numbers that were never given out before by the same Stack.
class HandleSource {
 public:
  template <typename Handle>
  Handle Next() {
    return static_cast<Handle>(++last_);
  }

 private:
  uint32_t last_ = 0;
};

template <typename Handle>
constexpr bool IsSet(Handle handle) {
  return static_cast<uint32_t>(handle) != 0;
}

}  // namespace sip

#endif  // SIPWASM_SRC_BASE_HANDLES_H_
