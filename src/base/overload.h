#ifndef SIPWASM_SRC_BASE_OVERLOAD_H_
#define SIPWASM_SRC_BASE_OVERLOAD_H_

#include <cstddef>
#include <type_traits>
#include <utility>
#include <variant>

namespace sip {

// Lambdas as one visitor: `Visit(Overload{[](const A&) {...}, [](const B&) {...}}, variant)`.
template <typename... Ts>
struct Overload : Ts... {
  using Ts::operator()...;
};
template <typename... Ts>
Overload(Ts...) -> Overload<Ts...>;

// What std::visit does for one variant: the compiler sees one chain of branches, which it may turn
// into a jump table and inline into, where std::visit calls through a table of functions.
template <size_t I = 0, typename Visitor, typename Variant>
constexpr decltype(auto) Visit(Visitor&& visitor, Variant&& variant) {
  if constexpr (I + 1 == std::variant_size_v<std::remove_cvref_t<Variant>>) {
    return visitor(*std::get_if<I>(&variant));
  } else {
    if (variant.index() == I) return visitor(*std::get_if<I>(&variant));
    return Visit<I + 1>(visitor, variant);
  }
}

}  // namespace sip

#endif  // SIPWASM_SRC_BASE_OVERLOAD_H_
