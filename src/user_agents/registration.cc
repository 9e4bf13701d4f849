#include "user_agents/registration.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "base/str_cat.h"
#include "base/string.h"
#include "messages/method.h"
#include "messages/status_code.h"
#include "user_agents/core_scope.h"

namespace sip {
namespace {

Registration* Find(Turn& turn, RegistrationHandle handle) {
  return turn.core.registrations.Find(handle);
}

void Reschedule(Turn& turn, const Registration& registration) {
  turn.core.registration_deadlines.Set(registration.handle, registration.deadline());
}

// The header lines that ask for the binding, or the event state, or for its removal.
String Binding(const Registration& registration) {
  const uint32_t expires = registration.removing ? 0 : registration.expires;
  if (!registration.publishes()) {
    return StrCat("Contact: ", registration.options->contact, ";expires=", expires, "\r\n");
  }
  String lines = StrCat("Event: ", registration.options->event, "\r\nExpires: ", expires, "\r\n");
  AddDefault(lines, HeaderId::kSipIfMatch, registration.entity_tag);
  return lines;
}

// Sends a REGISTER of `client`, or of a new one. `binding`: its Contact, and what belongs to it.
ClientHandle Send(Turn& turn, Registration& registration, std::string_view binding, bool refresh,
                  UserAgentClient* client = nullptr) {
  const CreateRegistration& options = *registration.options;
  const String headers = StrCat(registration.headers, binding);
  const bool publishes = registration.publishes();
  RequestParts request = {.method = publishes ? method::kPublish : method::kRegister,
                          .request_uri = options.registrar,
                          .from = options.from,
                          .to = options.to,
                          .call_id = options.call_id,
                          // RFC 3261 section 10.2: "A UA MUST increment the CSeq value by one for
                          // each REGISTER request with the same Call-ID."
                          .cseq = ++registration.cseq,
                          .routes = turn.core.configuration->routes.text,
                          .headers = headers};
  // RFC 3903 table 1: an initial publication and one that modifies have a body, which refresh and
  // removal have not.
  if (publishes && !registration.removing &&
      (registration.modified || registration.entity_tag.empty())) {
    request.body = {.content = registration.content, .content_type = registration.content_type};
  }
  // RFC 3261 section 22.2: "UAs SHOULD cache the credentials for a given value of the To header
  // field and "realm" and attempt to re-use these values on the next request".
  const String credentials = AnswersTo(turn, registration.challenges, request);
  request.credentials = credentials;
  if (client == nullptr) {
    registration.in_progress =
        StartClient(turn, request,
                    {.registration = registration.handle, .silent = refresh, .refresh = refresh});
  } else {
    const String complete = WithDefaultHeaders(turn, request);
    request.headers = complete;
    SendClient(turn, *client, request);
  }
  registration.refresh_at = InfiniteFuture();
  Reschedule(turn, registration);
  return *registration.in_progress;
}

void Unbind(Registration& registration) {
  registration.state = RegistrationState::kUnregistered;
  registration.refresh_at = InfiniteFuture();
  registration.expires_at = InfiniteFuture();
}

// RFC 3261 section 10.2.4: "Each Contact value MUST feature an "expires" parameter": ours is the
// one whose URI is equivalent (19.1.4). Failing that the Expires field, failing that what we asked
// for.
uint32_t Granted(const Registration& registration, const Message& response) {
  const auto ours = ParseNameAddr(registration.options->contact);
  for (const std::string_view value : response.GetList(HeaderId::kContact)) {
    const auto contact = ParseNameAddr(value);
    if (!contact.has_value() || !ours.has_value()) continue;
    if (!Equivalent(contact->uri, ours->uri)) continue;
    if (const auto expires = contact->parameters.Get("expires")) {
      if (const auto seconds = ReadNumber(*expires)) return *seconds;
    }
  }
  return response.GetNumber(HeaderId::kExpires).value_or(registration.expires);
}

void Bind(Turn& turn, Registration& registration, uint32_t granted) {
  registration.state = RegistrationState::kRegistered;
  registration.expires_at = turn.now() + Seconds(granted);
  const int64_t refresh_ms = int64_t{granted} * 10 * registration.options->refresh_percent;
  registration.refresh_at = turn.now() + Milliseconds(refresh_ms);
}

// Sends the request again in another form if the response asks for one. True if it did.
bool Retry(Turn& turn, UserAgentClient& client, Registration& registration,
           const Message& response) {
  if (registration.removing) return false;
  if (response.status() == 423 && !registration.raised_expires) {
    // RFC 3261 section 10.2.8: "If a UA receives a 423 (Interval Too Brief) response, it MAY retry
    // the registration after making the expiration interval of all contact addresses in the
    // REGISTER request equal to or greater than the expiration interval within the Min-Expires".
    const uint32_t least = response.GetNumber(HeaderId::kMinExpires).value_or(0);
    if (least <= registration.expires) return false;
    registration.raised_expires = true;
    registration.expires = least;
  } else if (response.status() == 412 && !registration.entity_tag.empty()) {
    // RFC 3903 section 5: "the EPA SHOULD perform an initial publication, i.e., a PUBLISH request
    // without a SIP-If-Match header field". "The EPA MUST also discard the entity-tag".
    registration.entity_tag.clear();
  } else {
    return false;
  }
  registration.cseq = std::max(registration.cseq, client.request->cseq);
  client.final_received = false;
  Send(turn, registration, Binding(registration), client.refresh, &client);
  return true;
}

// Whether something can be ordered now, with these header lines if there are any.
Status Prepare(Registration* registration, const HeaderLines& headers, bool remove) {
  if (registration == nullptr) return NotFoundError("no such registration");
  // RFC 3903 section 4: "EPAs MUST NOT send a new PUBLISH request (not a re-transmission) for the
  // same Request-URI, until they have received a final response from the ESC for the previous one".
  const bool waits = registration->in_progress.has_value();
  if (waits && !registration->publishes()) {
    return FailedPreconditionError("a REGISTER is in progress");
  }
  registration->waits = waits;
  if (headers.count > 0) registration->headers = headers.text;
  registration->to_remove = remove;
  return OkStatus();
}

// Sends what was ordered, unless it waits.
void Order(Turn& turn, Registration& registration, Reply& reply, bool all = false) {
  if (registration.waits) return;
  // RFC 3903 section 4.5: to remove event state "an EPA MUST [...] set the SIP-If-Match header
  // field to contain the entity-tag of the event state publication to be removed": without one
  // nothing is published.
  if (registration.to_remove && registration.publishes() && registration.entity_tag.empty()) return;
  registration.removing = registration.to_remove;
  registration.raised_expires = false;
  // RFC 3261 section 10.2.2: "The REGISTER-specific Contact header field value of "*" applies to
  // all registrations, but it MUST NOT be used unless the Expires header field is present with a
  // value of "0"."
  const String binding = all ? "Contact: *\r\nExpires: 0\r\n" : Binding(registration);
  reply.handle = static_cast<uint32_t>(Send(turn, registration, binding, /*refresh=*/false));
}

}  // namespace

Status Perform(Turn& turn, const CreateRegistration& command, Reply& reply) {
  if (!ParseUri(command.registrar).has_value() ||
      (command.event.empty() && !ParseNameAddr(command.contact).has_value())) {
    return InvalidArgumentError("the registrar is no URI, or the contact is none");
  }
  if (Status status = CheckIdentity(command.from, command.to, command.call_id); !status.ok()) {
    return status;
  }
  if (command.refresh_percent < 50 || command.refresh_percent > 99) {
    return InvalidArgumentError("refreshPercent is 50 to 99");
  }
  const auto handle = turn.NewHandle<RegistrationHandle>();
  turn.core.registrations.Add(handle, std::make_unique<Registration>(handle, command));
  reply.handle = static_cast<uint32_t>(handle);
  return OkStatus();
}

Status Perform(Turn& turn, const Register& command, Reply& reply) {
  Registration* registration = Find(turn, command.registration);
  const Status status = Prepare(registration, command.headers, /*remove=*/false);
  if (!status.ok()) return status;
  registration->content = command.body;
  registration->content_type = command.content_type;
  registration->modified = true;
  Order(turn, *registration, reply);
  return OkStatus();
}

Status Perform(Turn& turn, const Unregister& command, Reply& reply) {
  Registration* registration = Find(turn, command.registration);
  const Status status = Prepare(registration, command.headers, /*remove=*/true);
  if (status.ok()) Order(turn, *registration, reply, command.all);
  return status;
}

Status Perform(Turn& turn, const DisposeRegistration& command, Reply&) {
  if (Find(turn, command.registration) == nullptr) return NotFoundError("no such registration");
  DisposeRegistrationNow(turn, command.registration);
  return OkStatus();
}

void ReceiveRegisterResponse(Turn& turn, UserAgentClient& client, const Message& response,
                             bool local) {
  Registration* registration = Find(turn, client.registration);
  if (registration == nullptr) return;
  const int status = response.status();
  if (status == 401 || status == 407) {
    registration->challenges = {};
  } else if (!client.challenges.empty() && IsFinal(status)) {
    registration->challenges = std::move(client.challenges);
    client.challenges = {};
  }
  if (Retry(turn, client, *registration, response)) return;

  if (IsProvisional(status)) {
    if (client.silent) return;
    turn.Emit(ResponseReceived{.client = client.handle, .local = local, .message = &response});
    return;
  }
  RegistrationChanged changed = {.registration = registration->handle,
                                 .client = client.handle,
                                 .refresh = client.refresh,
                                 .local = local,
                                 .retry_after = 0};
  registration->cseq = std::max(registration->cseq, client.request->cseq);
  registration->in_progress.reset();
  Unbind(*registration);
  if (IsSuccess(status)) {
    changed.contacts = response.GetList(HeaderId::kContact);
    // RFC 3903 section 12: "entity-tag = token". One that cannot be sent back counts as none.
    const std::string_view tag = response.Get(HeaderId::kSipEtag).value_or("");
    registration->entity_tag = HasControlBreak(tag) ? "" : tag;
    registration->modified = registration->waits;
    const uint32_t granted = registration->removing ? 0 : Granted(*registration, response);
    if (granted > 0) {
      Bind(turn, *registration, granted);
      changed.expires = granted;
    }
  } else {
    // RFC 3261 section 20.33: Retry-After: delta-seconds, then perhaps a comment and parameters.
    const std::string_view retry = response.Get(HeaderId::kRetryAfter).value_or("");
    changed.retry_after =
        ReadNumber(TrimLws(retry.substr(0, retry.find_first_of("(; ")))).value_or(0);
  }
  changed.state = registration->state;
  changed.message = &response;
  Reschedule(turn, *registration);
  turn.Emit(changed);
  if (!registration->waits) return;
  registration->waits = false;
  Reply nobody;
  Order(turn, *registration, nobody);
  // Whoever ordered it was given no handle.
  UserAgentClient* waited = turn.core.FindClient(ClientHandle{nobody.handle});
  if (waited != nullptr) waited->silent = true;
}

void AdvanceRegistration(Turn& turn, RegistrationHandle handle) {
  Registration* registration = Find(turn, handle);
  if (registration == nullptr) return;
  if (registration->expires_at <= turn.now()) {
    // The binding is gone at the registrar, whatever becomes of a refresh that is under way.
    Unbind(*registration);
    turn.Emit(RegistrationChanged{.registration = handle, .refresh = true});
    if (!registration->in_progress.has_value()) {
      Send(turn, *registration, Binding(*registration), /*refresh=*/true);
    }
  } else if (registration->refresh_at <= turn.now() && !registration->in_progress.has_value()) {
    Send(turn, *registration, Binding(*registration), /*refresh=*/true);
  }
  Reschedule(turn, *registration);
}

void DisposeRegistrationNow(Turn& turn, RegistrationHandle handle) {
  Registration* registration = Find(turn, handle);
  if (registration == nullptr) return;
  if (registration->in_progress.has_value()) DisposeClientNow(turn, *registration->in_progress);
  turn.core.registration_deadlines.Set(handle, InfiniteFuture());
  turn.core.registrations.Erase(handle);
  turn.Terminate(handle);
}

}  // namespace sip
