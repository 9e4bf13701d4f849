#include "dialogs/dialog.h"

#include <algorithm>
#include <utility>

#include "base/str_cat.h"
#include "base/string.h"
#include "messages/method.h"
#include "messages/status_code.h"

namespace sip {
namespace {

String HeaderValue(const Message& message, HeaderId id) {
  return String(message.Get(id).value_or(""));
}

// RFC 3261 section 12.1.1: Record-Route "taken in order and preserving all URI parameters"; with
// `reversed`, section 12.1.2: "taken in reverse order". As Route lines.
String RouteSet(const Message& message, bool reversed) {
  String routes;
  for (const std::string_view value : message.GetList(HeaderId::kRecordRoute)) {
    const auto route = ParseNameAddr(value);
    if (!route) continue;
    const bool bare = value.find('<') == std::string_view::npos;
    String line;
    AppendField(line, HeaderId::kRoute, bare ? StrCat("<", route->uri.text, ">") : value);
    routes = reversed ? StrCat(line, routes) : StrCat(routes, line);
  }
  return routes;
}

// The URI of Contact; nullopt if there is none, or "*".
std::optional<std::string_view> ContactUri(const Message& message) {
  const auto contact = message.GetNameAddr(HeaderId::kContact);
  if (!contact || contact->uri.text.empty()) return std::nullopt;
  return contact->uri.text;
}

// RFC 3261 section 19.1.1, table 1: neither header fields nor the parameter "method" can stand in a
// Request-URI.
String AsRequestUri(const Uri& uri) {
  if (!uri.is_sip()) return String(uri.text);
  std::string_view start = uri.text.substr(0, uri.text.find('?'));
  if (uri.parameters.size() == 0) return String(start);
  start = start.substr(0, uri.parameters.begin()->name.data() - uri.text.data());
  String result(start.substr(0, start.find_last_not_of("; \t") + 1));
  for (const Parameter& parameter : uri.parameters) {
    if (EqualsIgnoreCase(parameter.name, "method")) continue;
    StrAppend(&result, ";", parameter.name, parameter.has_value ? "=" : "", parameter.value);
  }
  return result;
}

bool IsSips(std::string_view uri) {
  const auto parsed = ParseUri(uri);
  return parsed && parsed->is_sips();
}

String TagOf(std::string_view name_addr) {
  const auto parsed = ParseNameAddr(name_addr);
  return parsed ? String(parsed->tag()) : "";
}

// RFC 3261 section 12.2: "target refresh" requests; RFC 3311 adds UPDATE, RFC 6665 SUBSCRIBE and
// NOTIFY, RFC 3515 REFER.
bool RefreshesTarget(std::string_view method) {
  return method == method::kInvite || method == method::kUpdate || method == method::kSubscribe ||
         method == method::kNotify || method == method::kRefer;
}

}  // namespace

String DialogId::Key() const { return StrCat(call_id, "\n", local_tag, "\n", remote_tag); }

DialogId DialogIdOfIncomingRequest(const Message& request) {
  return {String(request.call_id()), String(request.to_tag()), String(request.from_tag())};
}

DialogId DialogIdOfIncomingResponse(const Message& response) {
  return {String(response.call_id()), String(response.from_tag()), String(response.to_tag())};
}

Dialog Dialog::FromResponse(const RequestParts& request, const Message& response) {
  Dialog dialog;
  dialog.id_ = {String(request.call_id), TagOf(request.from), String(response.to_tag())};
  dialog.confirmed_ = IsSuccess(response.status());
  dialog.secure_ = IsSips(request.request_uri);
  dialog.local_sequence_ = request.cseq;
  dialog.local_ = request.from;
  dialog.remote_ = HeaderValue(response, HeaderId::kTo);
  dialog.route_set_ = RouteSet(response, /*reversed=*/true);
  dialog.SetTarget(ContactUri(response).value_or(request.request_uri));
  return dialog;
}

Dialog Dialog::FromRequest(const Message& request, std::string_view local_tag) {
  Dialog dialog;
  dialog.id_ = {String(request.call_id()), String(local_tag), String(request.from_tag())};
  dialog.secure_ = IsSips(request.request_uri());
  dialog.remote_sequence_ = request.cseq().number;
  dialog.local_ = HeaderValue(request, HeaderId::kTo);
  if (request.to_tag().empty()) StrAppend(&dialog.local_, ";tag=", local_tag);
  dialog.remote_ = HeaderValue(request, HeaderId::kFrom);
  dialog.route_set_ = RouteSet(request, /*reversed=*/false);
  dialog.SetTarget(ContactUri(request).value_or(request.from().uri.text));
  return dialog;
}

Dialog Dialog::FromSubscribe(const RequestParts& request) {
  Dialog dialog;
  dialog.id_ = {.call_id = String(request.call_id), .local_tag = TagOf(request.from)};
  dialog.secure_ = IsSips(request.request_uri);
  dialog.local_sequence_ = request.cseq;
  dialog.local_ = request.from;
  dialog.remote_ = request.to;
  return dialog;
}

void Dialog::Establish(const Message& notify) {
  // RFC 6665 section 4.4.1: the NOTIFY takes the place of the 2xx, and comes as a request does: its
  // sender is the remote side, and its Record-Route is in our order.
  Dialog dialog = FromRequest(notify, id_.local_tag);
  dialog.confirmed_ = true;
  dialog.secure_ = secure_;
  dialog.local_sequence_ = local_sequence_;
  dialog.local_ = std::move(local_);
  *this = std::move(dialog);
}

Dialog Dialog::FromParts(const Parts& parts) {
  Dialog dialog;
  dialog.id_ = {String(parts.call_id), String(parts.local_tag), String(parts.remote_tag)};
  dialog.confirmed_ = parts.confirmed;
  dialog.secure_ = parts.secure;
  dialog.local_sequence_ = parts.local_sequence;
  if (parts.remote_sequence != 0) dialog.remote_sequence_ = parts.remote_sequence;
  dialog.local_ = parts.local;
  dialog.remote_ = parts.remote;
  dialog.remote_target_ = parts.remote_target;
  dialog.SetRoutes(parts.routes);
  return dialog;
}

void Dialog::SetRoutes(std::string_view routes) {
  route_set_ = String(routes);
  SetTarget(remote_target_);
}

void Dialog::Confirm(const Message& response) {
  if (confirmed_) return;
  confirmed_ = true;
  // RFC 3261 section 13.2.2.4: "the route set for the dialog MUST be recomputed based on the 2xx
  // response", "Note that the only piece of state that is recomputed is the route set" - and, as
  // INVITE is a target refresh, the target (section 12.2.1.2).
  route_set_ = RouteSet(response, /*reversed=*/true);
  SetTarget(ContactUri(response).value_or(remote_target_));
}

void Dialog::SetTarget(std::string_view remote_target) {
  remote_target_ = String(remote_target);  // which may be a view of itself
  std::string_view rest = route_set_;
  std::string_view first = NextLine(rest);
  first.remove_prefix(std::min(first.find(':') + 1, first.size()));
  const auto route = ParseNameAddr(TrimLws(first));
  if (!route || route->uri.parameters.Has("lr")) {
    // "the UAC MUST place the remote target URI into the Request-URI and MUST include a Route
    // header field containing the route set values in order, including all parameters."
    request_uri_ = String();
    routes_ = String();
    return;
  }
  // "If the route set is not empty, and its first URI does not contain the lr parameter, the UAC
  // MUST place the first URI from the route set into the Request-URI, stripping any parameters that
  // are not allowed in a Request-URI", "the remainder of the route set", the remote target last.
  request_uri_ = AsRequestUri(route->uri);
  routes_ = rest;
  AppendField(routes_, HeaderId::kRoute, StrCat("<", remote_target_, ">"));
}

RequestParts Dialog::MakeRequest(std::string_view method, std::optional<uint32_t> cseq) {
  // RFC 3261 section 12.2.1.1: "strictly monotonically increasing and contiguous CSeq sequence
  // numbers (increasing-by-one) in each direction (excepting ACK and CANCEL of course [...])".
  return {.method = method,
          .request_uri = request_uri_.empty() ? remote_target_ : request_uri_,
          .from = local_,
          .to = remote_,
          .call_id = id_.call_id,
          .cseq = cseq ? *cseq : NextSequence(),
          .routes = request_uri_.empty() ? route_set_ : routes_};
}

bool Dialog::AcceptSequence(const Message& request) {
  if (request.method() == method::kAck || request.method() == method::kCancel) return true;
  // RFC 3261 section 12.2.2: "If the remote sequence number was not empty, but the sequence number
  // of the request is lower than the remote sequence number, the request is out of order".
  const uint32_t number = request.cseq().number;
  if (remote_sequence_ && number <= *remote_sequence_) return false;
  // "It is possible for the CSeq sequence number to be higher than the remote sequence number by
  // more than one. This is not an error condition".
  remote_sequence_ = number;
  return true;
}

void Dialog::RefreshTarget(const Message& message) {
  if (!RefreshesTarget(message.cseq().method)) return;
  if (!message.is_request() && !IsSuccess(message.status())) return;
  if (const auto target = ContactUri(message)) SetTarget(*target);
}

}  // namespace sip
