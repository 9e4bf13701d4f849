#include "user_agents/registration.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "base/str_cat.h"
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

String Binding(const Registration& registration) {
  return StrCat("Contact: ", registration.options->contact, ";expires=", registration.expires,
                "\r\n");
}

// Sends a REGISTER of `client`, or of a new one. `binding`: its Contact, and what belongs to it.
ClientHandle Send(Turn& turn, Registration& registration, std::string_view binding, bool refresh,
                  UserAgentClient* client = nullptr) {
  const CreateRegistration& options = *registration.options;
  const String headers = StrCat(registration.headers, binding);
  RequestParts request = {.method = method::kRegister,
                          .request_uri = options.registrar,
                          .from = options.from,
                          .to = options.to,
                          .call_id = options.call_id,
                          // RFC 3261 section 10.2: "A UA MUST increment the CSeq value by one for
                          // each REGISTER request with the same Call-ID."
                          .cseq = ++registration.cseq,
                          .routes = turn.core.configuration->routes.text,
                          .headers = headers};
  // RFC 3261 section 22.2: "UAs SHOULD cache the credentials for a given value of the To header
  // field and "realm" and attempt to re-use these values on the next request".
  const String credentials = AnswersTo(turn, registration.challenges, request);
  request.credentials = credentials;
  if (client == nullptr) {
    registration.in_progress =
        StartClient(turn, request, {.registration = registration.handle, .refresh = refresh});
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

// RFC 3261 section 10.2.8: "If a UA receives a 423 (Interval Too Brief) response, it MAY retry the
// registration after making the expiration interval of all contact addresses in the REGISTER
// request equal to or greater than the expiration interval within the Min-Expires header field".
bool RetryWithLongerInterval(Turn& turn, UserAgentClient& client, Registration& registration,
                             const Message& response) {
  if (response.status() != 423 || registration.removing || registration.raised_expires) {
    return false;
  }
  const auto least = response.GetNumber(HeaderId::kMinExpires);
  if (!least.has_value() || *least <= registration.expires) return false;
  registration.raised_expires = true;
  registration.expires = *least;
  registration.cseq = std::max(registration.cseq, client.request->cseq);
  client.final_received = false;
  Send(turn, registration, Binding(registration), client.refresh, &client);
  return true;
}

// Whether a REGISTER can be sent now, with these header lines if there are any.
Status Prepare(Registration* registration, const HeaderLines& headers) {
  if (registration == nullptr) return NotFoundError("no such registration");
  if (registration->in_progress.has_value()) {
    return FailedPreconditionError("a REGISTER is in progress");
  }
  if (headers.count > 0) registration->headers = headers.text;
  return OkStatus();
}

}  // namespace

Status Perform(Turn& turn, const CreateRegistration& command, Reply& reply) {
  if (!ParseUri(command.registrar).has_value() || !ParseNameAddr(command.contact).has_value()) {
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
  if (Status status = Prepare(registration, command.headers); !status.ok()) return status;
  registration->removing = false;
  registration->raised_expires = false;
  reply.handle =
      static_cast<uint32_t>(Send(turn, *registration, Binding(*registration), /*refresh=*/false));
  return OkStatus();
}

Status Perform(Turn& turn, const Unregister& command, Reply& reply) {
  Registration* registration = Find(turn, command.registration);
  if (Status status = Prepare(registration, command.headers); !status.ok()) return status;
  registration->removing = true;
  // RFC 3261 section 10.2.2: "The REGISTER-specific Contact header field value of "*" applies to
  // all registrations, but it MUST NOT be used unless the Expires header field is present with a
  // value of "0"."
  const String binding =
      command.all ? "Contact: *\r\nExpires: 0\r\n"
                  : StrCat("Contact: ", registration->options->contact, ";expires=0\r\n");
  reply.handle = static_cast<uint32_t>(Send(turn, *registration, binding, /*refresh=*/false));
  return OkStatus();
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
    registration->challenges.clear();
  } else if (!client.challenges.empty() && IsFinal(status)) {
    registration->challenges = std::move(client.challenges);
    client.challenges.clear();
  }
  if (RetryWithLongerInterval(turn, client, *registration, response)) return;

  if (IsProvisional(status)) {
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
