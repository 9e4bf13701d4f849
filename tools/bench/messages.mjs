// Twelve messages as a browser phone behind a proxy meets them in one day.

/** A message of these lines, with the length of its body and its line ends. */
function message(head, body = "") {
  const lines = head.trim().split("\n");
  lines.push(`Content-Length: ${new TextEncoder().encode(body).length}`, "");
  return `${lines.join("\r\n")}\r\n${body}`;
}

const crlf = (text) => text.trim().split("\n").join("\r\n") + "\r\n";

const transport = [
  "a=ice-ufrag:8hhY\na=ice-pwd:asd88fgpdd777uzjYhagZg1x",
  "a=ice-options:trickle",
  "a=fingerprint:sha-256 19:E2:1C:3B:4B:9F:81:E6:B8:5C:F4:A5:A8:D8:73:04:BB:05:2F:70:9F:04:A9:0E:05:E9:26:33:E8:70:88:A2"
].join("\n");

const candidates = [
  "a=candidate:1467250027 1 udp 2122260223 192.0.2.23 46243 typ host generation 0 network-id 1",
  "a=candidate:1853887674 1 udp 1518280447 198.51.100.7 24678 typ srflx raddr 192.0.2.23 rport 46243 generation 0 network-id 1",
  "a=candidate:842163049 1 udp 1677729535 2001:db8:71:2::7 51472 typ srflx raddr :: rport 0 generation 0 network-id 2",
  "a=candidate:435653019 1 tcp 1518280447 192.0.2.23 9 typ host tcptype active generation 0 network-id 1",
  "a=candidate:2521841344 1 udp 41885439 203.0.113.9 50012 typ relay raddr 198.51.100.7 rport 24678 generation 0 network-id 1"
].join("\n");

const audio = [
  ["111", "opus/48000/2", ["rtcp-fb:111 transport-cc", "fmtp:111 minptime=10;useinbandfec=1"]],
  ["63", "red/48000/2", ["fmtp:63 111/111"]],
  ["9", "G722/8000", []],
  ["0", "PCMU/8000", []],
  ["8", "PCMA/8000", []],
  ["13", "CN/8000", []],
  ["110", "telephone-event/48000", []],
  ["126", "telephone-event/8000", []]
];
const feedback = (type) =>
  ["goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"].map((f) => `rtcp-fb:${type} ${f}`);
const video = [
  ["96", "VP8/90000", feedback(96)],
  ["97", "rtx/90000", ["fmtp:97 apt=96"]],
  [
    "102",
    "H264/90000",
    [
      ...feedback(102),
      "fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f"
    ]
  ],
  ["103", "rtx/90000", ["fmtp:103 apt=102"]],
  ["98", "VP9/90000", [...feedback(98), "fmtp:98 profile-id=0"]],
  ["99", "rtx/90000", ["fmtp:99 apt=98"]]
];

const extensions = [
  "1 urn:ietf:params:rtp-hdrext:ssrc-audio-level",
  "2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
  "3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
  "4 urn:ietf:params:rtp-hdrext:sdes:mid",
  "5 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id",
  "6 http://www.webrtc.org/experiments/rtp-hdrext/video-timing"
].map((extension) => `a=extmap:${extension}`);

/** One media section. */
function section(kind, mid, codecs, setup) {
  return [
    `m=${kind} 46243 UDP/TLS/RTP/SAVPF ${codecs.map(([type]) => type).join(" ")}`,
    "c=IN IP4 192.0.2.23",
    "a=rtcp:9 IN IP4 0.0.0.0",
    candidates,
    transport,
    `a=setup:${setup}`,
    `a=mid:${mid}`,
    ...extensions,
    "a=sendrecv",
    `a=msid:7a1c3f8e-7d51-4f3c-a1f2-0c6f2a7a9e10 ${kind}-4d1e-8a36`,
    "a=rtcp-mux",
    ...codecs.flatMap(([type, name, lines]) => [
      `a=rtpmap:${type} ${name}`,
      ...lines.map((line) => `a=${line}`)
    ]),
    "a=ssrc:3570614608 cname:4TOk42mSjXCkVIa6"
  ].join("\n");
}

const sdp = (setup, ...sections) =>
  crlf(`v=0
o=- 4611731400430051336 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE ${sections.map((_, i) => i).join(" ")}
a=extmap-allow-mixed
a=msid-semantic: WMS 7a1c3f8e-7d51-4f3c-a1f2-0c6f2a7a9e10
${sections.map(([kind, codecs], i) => section(kind, i, codecs, setup)).join("\n")}`);

export const offer = sdp("actpass", ["audio", audio], ["video", video]);
export const answer = sdp("active", ["audio", audio.slice(0, 1)]);

const route = `Record-Route: <sip:203.0.113.4;transport=udp;r2=on;lr;ftag=k1v2tq8sl3>
Record-Route: <sip:edge.example.com:443;transport=ws;r2=on;lr;ftag=k1v2tq8sl3>`;

/** The lines that all answers to the call have. */
const ofCall = `Via: SIP/2.0/WSS f3p9c2k1q0sl.invalid;branch=z9hG4bK5184379;received=198.51.100.7;rport=52114
${route}
From: "Alice Mueller" <sip:alice@example.com>;tag=k1v2tq8sl3
To: <sip:+4930123456@example.com;user=phone>;tag=as6f1b92c7
Call-ID: 2p8c1v9t7q0s3k5h6m4d
CSeq: 8301 INVITE`;

const dialogInfo = crlf(`<?xml version="1.0"?>
<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="4" state="partial" entity="sip:bob@example.com">
  <dialog id="as7d900as8" call-id="a84b4c76e66710" local-tag="1928301774" remote-tag="456887766" direction="recipient">
    <state>confirmed</state>
    <duration>274</duration>
    <remote><identity display="Carol">sip:carol@example.com</identity></remote>
  </dialog>
</dialog-info>`);

/** Name and text of each. */
export const messages = [
  [
    "INVITE",
    message(
      `INVITE sip:alice@f3p9c2k1q0sl.invalid;transport=ws SIP/2.0
${route}
Via: SIP/2.0/WSS edge.example.com:443;branch=z9hG4bKcydzigwkX.f3a2b1c0d.0
Via: SIP/2.0/UDP 203.0.113.9:5060;rport=5060;branch=z9hG4bK1d32c4b8
Max-Forwards: 69
From: "Bob Meyer" <sip:bob@example.com>;tag=as6f1b92c7
To: <sip:alice@example.com>
Contact: <sip:bob@203.0.113.9:5060;transport=udp>
Call-ID: 5f1c6d3e0b7a49d28a61c0f47be2d913@203.0.113.9:5060
CSeq: 102 INVITE
User-Agent: Example PBX 18.20.1
Date: Thu, 12 Nov 2026 09:41:22 GMT
Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, SUBSCRIBE, NOTIFY, INFO, PUBLISH, MESSAGE
Supported: replaces, timer, outbound
P-Asserted-Identity: "Bob Meyer" <sip:bob@example.com>
Session-Expires: 1800;refresher=uac
Content-Type: application/sdp`,
      offer
    )
  ],
  [
    "180",
    message(`SIP/2.0 180 Ringing
${ofCall}
Contact: <sip:+4930123456@203.0.113.9:5060;transport=udp>
Server: Example PBX 18.20.1
Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, SUBSCRIBE, NOTIFY, INFO, PUBLISH, MESSAGE
Supported: replaces, timer`)
  ],
  [
    "200 with SDP",
    message(
      `SIP/2.0 200 OK
${ofCall}
Contact: <sip:+4930123456@203.0.113.9:5060;transport=udp>
Server: Example PBX 18.20.1
Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, SUBSCRIBE, NOTIFY, INFO, PUBLISH, MESSAGE
Supported: replaces, timer
Session-Expires: 1800;refresher=uas
Require: timer
Content-Type: application/sdp`,
      answer
    )
  ],
  [
    "ACK",
    message(`ACK sip:alice@f3p9c2k1q0sl.invalid;transport=ws SIP/2.0
Via: SIP/2.0/WSS edge.example.com:443;branch=z9hG4bKcydzigwkX.a71b9c.0
Via: SIP/2.0/UDP 203.0.113.9:5060;rport=5060;branch=z9hG4bK5c0e9a71
Max-Forwards: 69
From: "Bob Meyer" <sip:bob@example.com>;tag=as6f1b92c7
To: <sip:alice@example.com>;tag=v4q8m2n0xz
Contact: <sip:bob@203.0.113.9:5060;transport=udp>
Call-ID: 5f1c6d3e0b7a49d28a61c0f47be2d913@203.0.113.9:5060
CSeq: 102 ACK
User-Agent: Example PBX 18.20.1`)
  ],
  [
    "BYE",
    message(`BYE sip:alice@f3p9c2k1q0sl.invalid;transport=ws SIP/2.0
Via: SIP/2.0/WSS edge.example.com:443;branch=z9hG4bKcydzigwkX.c11d4e.0
Via: SIP/2.0/UDP 203.0.113.9:5060;rport=5060;branch=z9hG4bK0f8e2d19
Max-Forwards: 69
From: "Bob Meyer" <sip:bob@example.com>;tag=as6f1b92c7
To: <sip:alice@example.com>;tag=v4q8m2n0xz
Call-ID: 5f1c6d3e0b7a49d28a61c0f47be2d913@203.0.113.9:5060
CSeq: 103 BYE
User-Agent: Example PBX 18.20.1
Reason: Q.850;cause=16;text="Normal call clearing"`)
  ],
  [
    "401",
    message(`SIP/2.0 401 Unauthorized
Via: SIP/2.0/WSS f3p9c2k1q0sl.invalid;branch=z9hG4bK3871020;received=198.51.100.7;rport=52114
From: <sip:alice@example.com>;tag=q0l9t5v3ph
To: <sip:alice@example.com>;tag=b27e1a1d33761e85846fc98f5f3a7e58.5e1f
Call-ID: 7v1k9s8t2m5q3p0h6d4c
CSeq: 1 REGISTER
WWW-Authenticate: Digest realm="example.com", nonce="aRRtq2kUbH9m4Yd0pXc2sLqVn7Zt8EwK", opaque="5ccc069c403ebaf9f0171e9517f40e41", algorithm=MD5, qop="auth"
Server: Example SIP proxy (5.8.1 (x86_64/linux))`)
  ],
  [
    "REGISTER's 200",
    message(`SIP/2.0 200 OK
Via: SIP/2.0/WSS f3p9c2k1q0sl.invalid;branch=z9hG4bK9920117;received=198.51.100.7;rport=52114
From: <sip:alice@example.com>;tag=q0l9t5v3ph
To: <sip:alice@example.com>;tag=b27e1a1d33761e85846fc98f5f3a7e58.77ac
Call-ID: 7v1k9s8t2m5q3p0h6d4c
CSeq: 2 REGISTER
Contact: <sip:alice@f3p9c2k1q0sl.invalid;transport=ws>;expires=600;+sip.instance="<urn:uuid:0d2b3f0e-8a4c-4c7e-9b61-2f6f5f1f7c11>";reg-id=1
Path: <sip:edge.example.com;lr;transport=ws;ob>
Supported: path, outbound, gruu
Server: Example SIP proxy (5.8.1 (x86_64/linux))`)
  ],
  [
    "NOTIFY",
    message(
      `NOTIFY sip:alice@f3p9c2k1q0sl.invalid;transport=ws SIP/2.0
Via: SIP/2.0/WSS edge.example.com:443;branch=z9hG4bKcydzigwkX.0b7712.0
Via: SIP/2.0/UDP 203.0.113.9:5060;rport=5060;branch=z9hG4bK77aa0c12
Max-Forwards: 69
From: <sip:bob@example.com>;tag=as41f06c29
To: <sip:alice@example.com>;tag=h3s8d0c7kq
Contact: <sip:bob@203.0.113.9:5060;transport=udp>
Call-ID: 1s7v3k9p5t2m8q0h4d6c
CSeq: 106 NOTIFY
User-Agent: Example PBX 18.20.1
Event: dialog
Subscription-State: active;expires=3526
Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, SUBSCRIBE, NOTIFY, INFO, PUBLISH, MESSAGE
Content-Type: application/dialog-info+xml`,
      dialogInfo
    )
  ],
  [
    "MESSAGE",
    message(
      `MESSAGE sip:alice@f3p9c2k1q0sl.invalid;transport=ws SIP/2.0
Via: SIP/2.0/WSS edge.example.com:443;branch=z9hG4bKcydzigwkX.77d1a0.0
Via: SIP/2.0/WSS 9k2v7t1q.invalid;rport=40112;received=192.0.2.77;branch=z9hG4bK8837191
Max-Forwards: 69
From: "Carol" <sip:carol@example.com>;tag=m2q8t5v0sk
To: <sip:alice@example.com>
Call-ID: 4k8s2v6t0m9q7p1h3d5c
CSeq: 1 MESSAGE
User-Agent: Example Phone/4.2
Contact: <sip:carol@9k2v7t1q.invalid;transport=ws>
Content-Type: text/plain;charset=UTF-8`,
      "Are you coming over for lunch? The others are already here.\r\n"
    )
  ],
  [
    "REFER",
    message(`REFER sip:alice@f3p9c2k1q0sl.invalid;transport=ws SIP/2.0
Via: SIP/2.0/WSS edge.example.com:443;branch=z9hG4bKcydzigwkX.91ce42.0
Via: SIP/2.0/UDP 203.0.113.9:5060;rport=5060;branch=z9hG4bK1ab9e0d7
Max-Forwards: 69
From: "Bob Meyer" <sip:bob@example.com>;tag=as6f1b92c7
To: <sip:alice@example.com>;tag=v4q8m2n0xz
Contact: <sip:bob@203.0.113.9:5060;transport=udp>
Call-ID: 5f1c6d3e0b7a49d28a61c0f47be2d913@203.0.113.9:5060
CSeq: 104 REFER
User-Agent: Example PBX 18.20.1
Refer-To: <sip:carol@example.com?Replaces=0f3c2%40203.0.113.9%3Bto-tag%3Das77%3Bfrom-tag%3Das12>
Referred-By: <sip:bob@example.com>
Supported: replaces, norefersub`)
  ],
  [
    "OPTIONS",
    message(`OPTIONS sip:alice@f3p9c2k1q0sl.invalid;transport=ws SIP/2.0
Via: SIP/2.0/WSS edge.example.com:443;branch=z9hG4bKcydzigwkX.2d90f1.0
Via: SIP/2.0/UDP 203.0.113.9:5060;rport=5060;branch=z9hG4bK60b1d2aa
Max-Forwards: 69
From: "Example PBX" <sip:pbx@203.0.113.9>;tag=as01d9e6f4
To: <sip:alice@f3p9c2k1q0sl.invalid;transport=ws>
Contact: <sip:pbx@203.0.113.9:5060>
Call-ID: 6c0b5e4d3a2f1908273645@203.0.113.9:5060
CSeq: 102 OPTIONS
User-Agent: Example PBX 18.20.1
Date: Thu, 12 Nov 2026 09:40:00 GMT
Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, SUBSCRIBE, NOTIFY, INFO, PUBLISH, MESSAGE
Supported: replaces, timer`)
  ],
  [
    "487",
    message(`SIP/2.0 487 Request Terminated
${ofCall}
Server: Example PBX 18.20.1
Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, SUBSCRIBE, NOTIFY, INFO, PUBLISH, MESSAGE
Supported: replaces, timer`)
  ]
];
