#ifndef SIPWASM_SRC_BASE_OVERLOAD_H_
#define SIPWASM_SRC_BASE_OVERLOAD_H_

namespace sip {

// Lambdas as one visitor: `std::visit(Overload{[](const A&) {...}, [](const B&) {...}}, variant)`.
template <typename... Ts>
struct Overload : Ts... {
  using Ts::operator()...;
};
template <typename... Ts>
Overload(Ts...) -> Overload<Ts...>;

}  // namespace sip

#endif  // SIPWASM_SRC_BASE_OVERLOAD_H_
