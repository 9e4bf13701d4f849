/** How a script ends otherwise with SIP.js (`- `) than with us (`+ `), where we mean to depart. */
export const departures: { [script: string]: string[] } = {
  // SIP.js forgets the call without a word: the peer rings on (RFC 3261 section 9.1).
  "early media that cannot be applied": [
    "- 2 alice inviter Terminated",
    "- 2 alice media close",
    "+ 2 alice inviter Terminating",
    '+ 2 alice > CANCEL (1 CANCEL) Reason=SIP;cause=488;text="Not Acceptable Here"'
  ],
  // The same.
  "the offer in a reliable response cannot be answered": [
    "- 3 alice inviter Terminated",
    "- 3 alice media close",
    "+ 3 alice inviter Terminating",
    '+ 3 alice > CANCEL (1 CANCEL) Reason=SIP;cause=488;text="Not Acceptable Here"'
  ],
  // SIP.js sends the caller the caller's own answer back (RFC 3262 section 5).
  "an INVITE without an offer, answered in the PRACK": [
    '- 1 bob > 200 OK (1 INVITE) Contact=<sip:#2;transport=ws> Content-Type=application/sdp "v=0\\r\\ns=alice\\r\\n"',
    "+ 1 bob > 200 OK (1 INVITE) Contact=<sip:#2;transport=ws>",
    '- -- alice receives 200 OK (1 INVITE) Contact=<sip:#2;transport=ws> Content-Type=application/sdp "v=0\\r\\ns=alice\\r\\n"',
    "+ -- alice receives 200 OK (1 INVITE) Contact=<sip:#2;transport=ws>"
  ],
  // The same.
  "accept() while the PRACK of an offer is awaited": [
    '- 8 bob > 200 OK (1 INVITE) Contact=<sip:#2;transport=ws> Content-Type=application/sdp "v=0\\r\\ns=alice\\r\\n"',
    "+ 8 bob > 200 OK (1 INVITE) Contact=<sip:#2;transport=ws>",
    '- -- alice receives 200 OK (1 INVITE) Contact=<sip:#2;transport=ws> Content-Type=application/sdp "v=0\\r\\ns=alice\\r\\n"',
    "+ -- alice receives 200 OK (1 INVITE) Contact=<sip:#2;transport=ws>"
  ],
  // The early dialog has ended with the INVITE.
  "reject() while the PRACK is awaited": [
    "+ 3 bob progress() resolved",
    "- 1 bob > 200 OK (2 PRACK)",
    "- 4 bob progress() resolved",
    "+ 0 bob > 481 Call/Transaction Does Not Exist (2 PRACK)",
    "- -- alice receives 200 OK (2 PRACK)",
    "+ -- alice receives 481 Call/Transaction Does Not Exist (2 PRACK)"
  ],
  // SIP.js's promise never settles.
  "CANCEL while the PRACK is awaited": ["+ 3 bob progress() resolved"],
  // SIP.js resolves accept(), though nothing was accepted.
  "CANCEL while accept() awaits the PRACK": [
    "- 6 bob accept() resolved",
    "+ 3 bob progress() resolved",
    "+ 8 bob accept() rejected: TransactionStateError INVITE not acceptable in state Completed."
  ],
  // SIP.js leaves the PRACK unanswered.
  "the answer in the PRACK cannot be applied": [
    "+ 4 bob > 488 Not Acceptable Here (2 PRACK)",
    "+ -- alice receives 488 Not Acceptable Here (2 PRACK)"
  ],
  // SIP.js sends the INVITE anew, though it is to be cancelled.
  "an INVITE is cancelled while it is challenged": [
    '- 0 alice > INVITE (2 INVITE) Authorization=Digest nonce="#2", realm="example.com", response="#3", uri="sip:bob@example.com", username="alice" Contact=<sip:#1;transport=ws;ob> Content-Type=application/sdp "v=0\\r\\ns=alice\\r\\n"',
    "+ 0 alice inviter Terminated",
    "+ 0 alice media close",
    "+ 0 alice INVITE onReject 401"
  ],
  // RFC 7616 section 3.4: the nonce count rises; SIP.js sends the same credentials again.
  "a registration is challenged, accepted and renewed": [
    '- 0 alice > REGISTER (REGISTER) Authorization=Digest cnonce="#3", nc=00000001, nonce="#2", qop=auth, realm="example.com", response="#4", uri="sip:example.com", username="alice" Contact=<sip:#1;transport=ws>;expires=600',
    '+ 0 alice > REGISTER (REGISTER) Authorization=Digest cnonce="#5", nc=00000002, nonce="#2", qop=auth, realm="example.com", response="#6", uri="sip:example.com", username="alice" Contact=<sip:#1;transport=ws>;expires=600',
    '- 0 alice > REGISTER (REGISTER) Authorization=Digest cnonce="#3", nc=00000001, nonce="#2", qop=auth, realm="example.com", response="#4", uri="sip:example.com", username="alice" Contact=<sip:#1;transport=ws>;expires=0',
    '+ 0 alice > REGISTER (REGISTER) Authorization=Digest cnonce="#7", nc=00000003, nonce="#2", qop=auth, realm="example.com", response="#8", uri="sip:example.com", username="alice" Contact=<sip:#1;transport=ws>;expires=0'
  ],
  // SIP.js's session never gets further, and the peer never an ACK.
  "a 2xx without a Contact": [
    "+ 0 alice media set peer",
    "+ 2 alice > ACK (1 ACK)",
    "+ 2 alice inviter Established",
    "+ 6 alice INVITE onAccept 200"
  ],
  // RFC 2543 servers send such: SIP.js drops it.
  "a provisional response without a tag": [
    "+ 0 alice media set peer",
    "+ 4 alice INVITE onProgress 183"
  ],
  // SIP.js acknowledges twice.
  "cancelled while the answer is being applied": [
    "- 3 alice > ACK (1 ACK)",
    '- 3 alice > BYE (2 BYE) Reason=SIP;cause=488;text="Not Acceptable Here"',
    "- 3 alice inviter Terminated",
    "- 3 alice media close",
    "+ 2 alice > BYE (2 BYE)",
    "+ 2 alice inviter Terminated",
    "+ 2 alice media close"
  ],
  // SIP.js never answers the BYE, and establishes the session after it.
  "a BYE comes while the answer is being applied": [
    "- 1 alice > ACK (1 ACK)",
    "- 1 alice inviter Established",
    "+ 0 alice inviter onBye Establishing",
    "+ 0 alice > 200 OK (1 BYE)",
    "+ 0 alice inviter Terminated",
    "+ 0 alice media close",
    "+ 1 alice bye.accept() resolved"
  ],
  // The offer is withdrawn, and the error says that it may be tried again.
  "a re-INVITE of ours while the peer's is in progress": [
    "- 5 alice invite() rejected: Error There is an ongoing re-INVITE server transaction.",
    "+ 3 alice media rollback",
    "+ 5 alice invite() rejected: RequestPendingError an INVITE is in progress in this dialog"
  ],
  // RFC 3261 section 14.1: it waits for the ACK, in the place of failing.
  "a re-INVITE while the peer's has not been acknowledged": [
    "- 0 alice media get",
    "- 5 alice invite() rejected: Error There is an ongoing re-INVITE server transaction.",
    "+ 2 alice media get",
    '+ 5 alice > INVITE (2 INVITE) Contact=<sip:#1;transport=ws;ob> Content-Type=application/sdp "v=0\\r\\ns=alice\\r\\n"',
    "+ 8 alice invite() resolved",
    "- 0 alice media get",
    '- 3 alice > INVITE (2 INVITE) Contact=<sip:#1;transport=ws;ob> Content-Type=application/sdp "v=0\\r\\ns=alice\\r\\n"',
    "- 5 alice invite() resolved",
    "+ 1 alice invite() rejected: RequestPendingError Reinvite in progress. Please wait until complete, then try again."
  ],
  // RFC 3261 section 12.2.1.2: the dialog is over, and section 14.1.
  "a re-INVITE refused with 408": [
    "+ 0 alice > BYE (3 BYE)",
    "+ 0 alice inviter Terminated",
    "+ 0 alice media close",
    "- 0 alice media get",
    '- 3 alice > INVITE (3 INVITE) Contact=<sip:#1;transport=ws;ob> Content-Type=application/sdp "v=0\\r\\ns=alice\\r\\n"',
    "- 5 alice invite() resolved",
    "+ 1 alice invite() rejected: Error Invalid session state Terminated"
  ],
  // The same.
  "a re-INVITE refused with 481": [
    "+ 0 alice inviter Terminated",
    "+ 0 alice media close",
    "- 0 alice media get",
    '- 3 alice > INVITE (3 INVITE) Contact=<sip:#1;transport=ws;ob> Content-Type=application/sdp "v=0\\r\\ns=alice\\r\\n"',
    "- 5 alice invite() resolved",
    "+ 1 alice invite() rejected: Error Invalid session state Terminated"
  ],
  // The same.
  "an INFO is refused with 481": [
    "+ 0 alice inviter Terminated",
    "+ 0 alice media close",
    "- 0 alice > INFO (3 INFO)",
    "- 1 alice info() resolved",
    "+ 1 alice info() rejected: Error Invalid session state Terminated"
  ],
  // The same.
  "a MESSAGE is refused with 481": [
    "+ 0 alice inviter Terminated",
    "+ 0 alice media close",
    "- 0 alice > INFO (3 INFO)",
    "- 1 alice info() resolved",
    "+ 1 alice info() rejected: Error Invalid session state Terminated"
  ],
  // The same.
  "nothing comes back to a re-INVITE": [
    "+ 0 alice > BYE (3 BYE)",
    "+ 0 alice inviter Terminated",
    "+ 0 alice media close"
  ],
  // SIP.js tells nobody, and refuses every later re-INVITE.
  "a re-INVITE refused with 302": [
    "+ 0 alice media rollback",
    "+ 3 alice INVITE onRedirect 302",
    "- 1 alice invite() rejected: RequestPendingError Reinvite in progress. Please wait until complete, then try again.",
    "+ 0 alice media get",
    '+ 3 alice > INVITE (3 INVITE) Contact=<sip:#1;transport=ws;ob> Content-Type=application/sdp "v=0\\r\\ns=alice\\r\\n"',
    "+ 5 alice invite() resolved"
  ],
  // SIP.js does not hand them on.
  "a re-INVITE with provisional responses": [
    "+ 0 alice INVITE onTrying 100",
    "+ 0 alice INVITE onProgress 180",
    "+ 0 alice INVITE onProgress 183"
  ],
  // SIP.js asks a closed handler to roll back.
  "a BYE while our re-INVITE is in progress": [
    "- 0 alice media rollback",
    "- 3 alice INVITE onReject 487",
    "+ 0 alice INVITE onReject 487"
  ],
  // The same.
  "bye() while our re-INVITE is in progress": [
    "- 0 alice media rollback",
    "- 3 alice INVITE onReject 487",
    "+ 0 alice INVITE onReject 487"
  ],
  // The dialog is gone, and with it what its Contact was.
  "bye() while the peer's re-INVITE is being answered": [
    '- 6 alice > 200 OK (1 INVITE) Contact=<sip:#1;transport=ws;ob> Content-Type=application/sdp "v=0\\r\\ns=alice\\r\\n"',
    '+ 6 alice > 200 OK (1 INVITE) Contact=<sip:#1;transport=ws> Content-Type=application/sdp "v=0\\r\\ns=alice\\r\\n"'
  ],
  // RFC 3261 section 15.1.2: what is pending is answered with 487.
  "a BYE while the peer's re-INVITE is being answered": [
    "+ 0 alice > 487 Request Terminated (1 INVITE)",
    '- 5 alice > 200 OK (1 INVITE) Contact=<sip:#1;transport=ws;ob> Content-Type=application/sdp "v=0\\r\\ns=alice\\r\\n"',
    "- 5 alice inviter onInvite 200"
  ],
  // RFC 3261 section 21.4.13: a 415 lists what is understood.
  "an INFO and a MESSAGE that the application refuses": [
    "- 0 alice > 415 Unsupported Media Type (1 INFO)",
    "+ 0 alice > 415 Unsupported Media Type (1 INFO) Accept=application/sdp, application/dtmf-relay, */*"
  ],
  // The handler takes any type of body. SIP.js throws at a PRACK that it does not await.
  "other requests within a session": [
    "- 0 alice > 200 OK (1 OPTIONS) Accept=application/sdp,application/dtmf-relay",
    "+ 0 alice > 200 OK (1 OPTIONS) Accept=application/sdp, application/dtmf-relay, */*",
    "- 0 alice onMessage() throws: Error Unimplemented.",
    "+ 0 alice > 481 Call/Transaction Does Not Exist (4 PRACK)"
  ],
  // The session description handler of the application takes any type of body.
  "nobody listens for an OPTIONS": [
    "- 0 alice > 200 OK (1 OPTIONS) Accept=application/sdp,application/dtmf-relay",
    "+ 0 alice > 200 OK (1 OPTIONS) Accept=application/sdp, application/dtmf-relay, */*"
  ],
  // The same.
  "onMessage throws": [
    "- 0 alice > 200 OK (1 OPTIONS) Accept=application/sdp,application/dtmf-relay",
    "+ 0 alice > 200 OK (1 OPTIONS) Accept=application/sdp, application/dtmf-relay, */*"
  ],
  // SIP.js's session goes on without its dialog.
  "onBye throws": [
    "+ 0 alice inviter Terminated",
    "+ 0 alice media close",
    "- 0 alice > INFO (2 INFO)",
    "- 1 alice info() resolved",
    "+ 1 alice info() rejected: Error Invalid session state Terminated"
  ],
  // SIP.js's session never ends after that.
  "onAck throws": [
    "- 0 alice invitation Terminating",
    "+ 0 alice > BYE (1 BYE)",
    "+ 0 alice invitation Terminated",
    "+ 0 alice media close",
    "+ 1 alice bye() resolved"
  ],
  // SIP.js never answers the INVITE.
  "onCancel throws": [
    "+ 0 alice > 487 Request Terminated (1 INVITE)",
    "+ 0 alice invitation Terminated"
  ],
  // A call goes on whatever an error in a display.
  "onSessionDescriptionHandler throws": [
    "- 0 alice invite() throws: Error Of the application.",
    "+ 0 alice media get",
    '+ 3 alice > INVITE (1 INVITE) Contact=<sip:#1;transport=ws;ob> Content-Type=application/sdp "v=0\\r\\ns=alice\\r\\n"',
    "+ 5 alice invite() resolved"
  ],
  // RFC 3261 section 9.1: after 64*T1 the transaction counts as cancelled.
  "nothing comes back to an INVITE after the CANCEL": [
    "+ -- 32000 ms have passed",
    "+ 0 alice inviter Terminated",
    "+ 0 alice media close",
    "+ 0 alice INVITE onReject 408"
  ],
  // RFC 3261 section 13.3.1.4: after 64*T1 the session is ended with a BYE.
  "no ACK comes to a re-INVITE": [
    "- -- alice bye()",
    "+ -- 32000 ms have passed",
    "- 1 alice bye() resolved",
    "+ -- alice bye()",
    "+ 1 alice bye() rejected: Error Invalid session state Terminated"
  ],
  // A turn earlier.
  "no PRACK comes": [
    "- 4 alice progress() rejected: SessionTerminatedError The session has terminated.",
    "+ 3 alice progress() rejected: SessionTerminatedError The session has terminated."
  ],
  // SIP.js ignores a status code without a reason phrase.
  "status codes of a cancel()": [
    "- 0 alice inviter Terminating",
    "- 0 alice > CANCEL (1 CANCEL)",
    "- 1 alice cancel(100) resolved",
    "+ 0 alice cancel(100) throws: TypeError Invalid statusCode: 100",
    "- 1 alice cancel(700) rejected: Error Invalid session state Terminating",
    "+ 0 alice cancel(700) throws: TypeError Invalid statusCode: 700",
    "- 1 alice cancel(200) rejected: Error Invalid session state Terminating",
    "+ 0 alice inviter Terminating",
    '+ 0 alice > CANCEL (1 CANCEL) Reason=SIP;cause=200;text="OK"',
    "+ 1 alice cancel(200) resolved"
  ],
  // RFC 3261 section 21.4.13 has Accept; SIP.js has no phrase for some codes.
  "every reason phrase": [
    "- 0 alice > 415 Unsupported Media Type (1 INVITE)",
    "+ 0 alice > 415 Unsupported Media Type (1 INVITE) Accept=application/sdp, application/dtmf-relay, */*",
    "- 0 alice > 424  (1 INVITE)",
    "+ 0 alice > 424 Bad Location Information (1 INVITE)",
    "- 0 alice > 425  (1 INVITE)",
    "+ 0 alice > 425 Bad Alert Message (1 INVITE)",
    "- 0 alice > 555  (1 INVITE)",
    "+ 0 alice > 555 Push Notification Service Not Supported (1 INVITE)",
    "- 0 alice > 607  (1 INVITE)",
    "+ 0 alice > 607 Unwanted (1 INVITE)",
    "- 0 alice > 608  (1 INVITE)",
    "+ 0 alice > 608 Rejected (1 INVITE)"
  ],
  // A server between may have changed our address in the answer.
  "a registration whose answer has somebody else's address": [
    "- 0 alice registerer Unregistered",
    "+ 0 alice registerer Registered"
  ],
  // The message says more.
  "options that are none": [
    "- 0 alice new Registerer(, { registrar }) throws: TypeError this.options.registrar.clone is not a function",
    "+ 0 alice new Registerer(, { registrar }) throws: TypeError ruri.clone is not a function",
    "- 0 alice new UserAgent({ uri: undefined }) throws: Error Invalid WebSocket Server URL",
    '+ 0 alice new UserAgent({ uri: undefined }) throws: Error Invalid WebSocket Server URL ""',
    "- 0 alice new UserAgent({ transportConstructor }) throws: Error Invalid WebSocket Server URL",
    '+ 0 alice new UserAgent({ transportConstructor }) throws: Error Invalid WebSocket Server URL ""',
    "- 0 alice new UserAgent({ delegate: undefined }) throws: Error Invalid WebSocket Server URL",
    '+ 0 alice new UserAgent({ delegate: undefined }) throws: Error Invalid WebSocket Server URL ""'
  ],
  // RFC 3515 section 2.4.7: each NOTIFY says whether more will come. SIP.js sends Contact twice.
  "referred, and nobody listens": [
    '- 4 alice > INVITE (1 INVITE) Contact=<sip:#1;transport=ws;ob> Contact=<sip:#1;transport=ws;ob> Content-Type=application/sdp "v=0\\r\\ns=alice\\r\\n"',
    '+ 4 alice > INVITE (1 INVITE) Contact=<sip:#1;transport=ws;ob> Content-Type=application/sdp "v=0\\r\\ns=alice\\r\\n"',
    '- 0 alice > NOTIFY (2 NOTIFY) Content-Type=message/sipfrag Event=refer Subscription-State=terminated "SIP/2.0 180 Whatever"',
    '+ 0 alice > NOTIFY (3 NOTIFY) Contact=<sip:#1;transport=ws;ob> Content-Type=message/sipfrag;version=2.0 Event=refer;id=1 Subscription-State=active;expires=180 "SIP/2.0 180 Whatever\\r\\n"',
    '- 0 alice > NOTIFY (3 NOTIFY) Content-Type=message/sipfrag Event=refer Subscription-State=terminated "SIP/2.0 200 Whatever"',
    '+ 0 alice > NOTIFY (4 NOTIFY) Contact=<sip:#1;transport=ws;ob> Content-Type=message/sipfrag;version=2.0 Event=refer;id=1 Subscription-State=terminated;reason=noresource "SIP/2.0 200 Whatever\\r\\n"'
  ],
  // The same.
  "referred, and the one referred to refuses": [
    '- 4 alice > INVITE (1 INVITE) Contact=<sip:#1;transport=ws;ob> Contact=<sip:#1;transport=ws;ob> Content-Type=application/sdp "v=0\\r\\ns=alice\\r\\n"',
    '+ 4 alice > INVITE (1 INVITE) Contact=<sip:#1;transport=ws;ob> Content-Type=application/sdp "v=0\\r\\ns=alice\\r\\n"',
    '- 0 alice > NOTIFY (2 NOTIFY) Content-Type=message/sipfrag Event=refer Subscription-State=terminated "SIP/2.0 486 Whatever"',
    '+ 0 alice > NOTIFY (3 NOTIFY) Contact=<sip:#1;transport=ws;ob> Content-Type=message/sipfrag;version=2.0 Event=refer;id=1 Subscription-State=terminated;reason=noresource "SIP/2.0 486 Whatever\\r\\n"'
  ],
  // The same.
  "referred, and the application follows": [
    '- 0 alice > NOTIFY (2 NOTIFY) Content-Type=message/sipfrag Event=refer Subscription-State=terminated "SIP/2.0 200 Whatever"',
    '+ 0 alice > NOTIFY (3 NOTIFY) Contact=<sip:#1;transport=ws;ob> Content-Type=message/sipfrag;version=2.0 Event=refer;id=1 Subscription-State=terminated;reason=noresource "SIP/2.0 200 Whatever\\r\\n"'
  ],
  // The same.
  "referred to somebody in a call's place": [
    '- 4 alice > INVITE (1 INVITE) Contact=<sip:#1;transport=ws;ob> Contact=<sip:#1;transport=ws;ob> Content-Type=application/sdp Replaces=call@example.com;to-tag=#3;from-tag=#4 "v=0\\r\\ns=alice\\r\\n"',
    '+ 4 alice > INVITE (1 INVITE) Contact=<sip:#1;transport=ws;ob> Content-Type=application/sdp Replaces=call@example.com;to-tag=#3;from-tag=#4 "v=0\\r\\ns=alice\\r\\n"'
  ],
  // RFC 3515 section 2.4.2: 400.
  "a REFER without Refer-To": [
    "- 0 alice > 480 Temporarily Unavailable (1 REFER)",
    "+ 0 alice > 400 Bad Request (1 REFER)"
  ],
  // RFC 3261 section 8.2.2.3: 420 for what is required and not known.
  "an INVITE in a call's place, though that is not supported": [
    "- 0 alice > 100 Trying (1 INVITE)",
    "- 0 alice > 180 Ringing (1 INVITE) Contact=<sip:#4;transport=ws>",
    "- 3 alice onInvite Initial",
    "+ 0 alice > 420 Bad Extension (1 INVITE) Unsupported=replaces"
  ],
  // The same.
  "an INVITE that requires what nobody knows": [
    "- 0 alice > 100 Trying (1 INVITE)",
    "- 0 alice > 180 Ringing (1 INVITE) Contact=<sip:#2;transport=ws>",
    "- 3 alice onInvite Initial",
    "+ 0 alice > 420 Bad Extension (1 INVITE) Unsupported=nonsense"
  ]
};
