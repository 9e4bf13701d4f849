/** What is heard of when it comes in, and in SIP.js a turn later. */
function sooner(...lines: string[]): string[] {
  return [...lines.map((line) => `- 1 ${line}`), ...lines.map((line) => `+ 0 ${line}`)];
}

// SIP.js hears of the NOTIFY that makes a subscription, and of a refusal, by a promise. One that
// comes right behind the first is lost.
const firstNotify = sooner(
  "alice subscriber Subscribed",
  "alice onNotify Subscribed one",
  "alice > 200 OK (1 NOTIFY)"
);
const refused = sooner("alice subscriber Terminated");

const unsubscribe =
  "alice > SUBSCRIBE (2 SUBSCRIBE) Contact=<sip:#1;transport=ws> Event=presence Expires=0";

/** As `departures`, of subscriptions, publications and registrations. */
export const subscriptionDepartures: { [script: string]: string[] } = {
  "a subscription, notified and ended": firstNotify,
  "a subscription, notified before its response": firstNotify,
  "a subscription that forks": firstNotify,
  "a subscription, refused by 403": refused,
  "a subscription, refused by 423": refused,
  "a subscription, refused by 489": refused,
  "a subscription, redirected": refused,
  "a subscription that nobody notifies of": refused,
  "a subscription that nobody answers": refused,
  "a subscription, rejected later": firstNotify,
  "a subscription to what is no more": firstNotify,
  "a subscription, ended for a reason that nobody knows": firstNotify,
  "a subscription, deactivated": firstNotify,
  "a subscription, timed out": firstNotify,
  "a subscription, deactivated and made anew": [
    ...firstNotify,
    ...sooner("alice onNotify Subscribed anew", "alice > 200 OK (3 NOTIFY)")
  ],
  "a subscription that is over with its first notification": sooner(
    "alice subscriber Subscribed",
    "alice onNotify Subscribed one",
    "alice > 200 OK (1 NOTIFY)",
    "alice subscriber Terminated"
  ),
  "notifications that do not say what they should": sooner(
    "alice subscriber Subscribed",
    "alice onNotify Subscribed five",
    "alice > 200 OK (5 NOTIFY)"
  ),
  "a subscription, refreshed": firstNotify,
  "a subscription, refreshed by itself": firstNotify,
  "a refresh that brings no notification": firstNotify,
  "a refresh, refused by 481": firstNotify,
  "a refresh, refused by 503": firstNotify,
  "a subscriber in each of its states": sooner(
    "alice subscriber Subscribed",
    "alice > 200 OK (1 NOTIFY)"
  ),
  "a subscription that nobody listens to": sooner(
    "alice subscriber Subscribed",
    "alice > 200 OK (1 NOTIFY)"
  ),
  // In SIP.js it stays "Subscribed", and its promise never settles.
  "a subscription, disposed of": [
    ...firstNotify,
    ...sooner(unsubscribe),
    "+ 0 alice subscriber Terminated",
    "+ 1 alice dispose() resolved"
  ],
  // RFC 3261 section 12.1.1 has a Contact there.
  "what a user agent is not asked often": [
    "- 0 alice > 200 OK (1 SUBSCRIBE)",
    "- -- bob receives 200 OK (1 SUBSCRIBE)",
    "+ 0 alice > 200 OK (1 SUBSCRIBE) Contact=<sip:#2;transport=ws>",
    "+ -- bob receives 200 OK (1 SUBSCRIBE) Contact=<sip:#2;transport=ws>"
  ],
  // A lost connection fails what waits for an answer at once.
  "a publisher of a user agent that stops": [
    "+ 2 alice publisher Unpublished",
    "+ 2 alice publisher Terminated"
  ],
  // RFC 3903 section 4: one at a time.
  "two publications at once": [
    '- 0 alice > PUBLISH (PUBLISH) Content-Type=text/plain Event=presence Expires=3600 "two"',
    '+ 0 alice > PUBLISH (PUBLISH) Content-Type=text/plain Event=presence Expires=3600 SIP-If-Match=e1 "two"'
  ],
  // SIP.js tells nobody what becomes of the second REGISTER.
  "a registration for too short a time": ["+ 0 alice REGISTER onAccept 200"]
};
