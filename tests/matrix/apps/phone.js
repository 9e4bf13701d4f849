// What every application of the matrix does: alice and bob register, bob gets a message, answers a
// call, and both hang up. It is given the package, however the application has got hold of it.

const description = (sdp) => ({ contentType: "application/sdp", body: sdp });
const scriptedSdp = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "c=IN IP4 127.0.0.1", "t=0 0"]
  .concat("m=audio 4000 RTP/AVP 0", "")
  .join("\r\n");

/** Media where there is no WebRTC, in a Worker and in Node. */
const scriptedMedia = () => ({
  close() {},
  getDescription: async () => description(scriptedSdp),
  hasDescription: (type) => type === "application/sdp",
  rollbackDescription: async () => {},
  setDescription: async () => {},
  sendDtmf: () => false
});

export async function phone(SIP, server) {
  const webRtc = typeof RTCPeerConnection === "function";
  const user = (name, password, delegate) =>
    new SIP.UserAgent({
      uri: SIP.UserAgent.makeURI(`sip:${name}@phone.test`),
      transportOptions: { server },
      authorizationUsername: name,
      authorizationPassword: password,
      sessionDescriptionHandlerFactoryOptions: {
        peerConnectionConfiguration: { iceServers: [] }
      },
      ...(webRtc ? {} : { sessionDescriptionHandlerFactory: scriptedMedia }),
      logBuiltinEnabled: false,
      delegate
    });

  const outcome = [];
  const ended = [];
  let heard;
  const message = new Promise((resolve) => (heard = resolve));
  const alice = user("alice", "wonderland", {});
  const bob = user("bob", "builder", {
    onMessage: (incoming) => {
      outcome.push(`message: ${incoming.request.body}`);
      heard(incoming.accept());
    },
    onInvite: (invitation) => {
      ended.push(reached(SIP, invitation, "Terminated"));
      invitation.accept();
    }
  });
  const registerers = [];
  for (const userAgent of [alice, bob]) {
    await userAgent.start();
    const registerer = new SIP.Registerer(userAgent);
    registerers.push(registerer);
    registerer.register();
    await reached(SIP, registerer, "Registered");
  }
  outcome.push("registered");

  const target = SIP.UserAgent.makeURI("sip:bob@phone.test");
  await new SIP.Messager(alice, target, "hello").message();
  await message;

  const inviter = new SIP.Inviter(alice, target);
  ended.push(reached(SIP, inviter, "Terminated"));
  await inviter.invite();
  await reached(SIP, inviter, "Established");
  outcome.push(webRtc ? "talked by WebRTC" : "talked");
  await inviter.bye();
  await Promise.all(ended);
  outcome.push("hung up");

  for (const userAgent of [alice, bob]) await userAgent.stop();
  return outcome;
}

/** Waits until `thing.state` is what is wanted. */
function reached(SIP, thing, state) {
  return new Promise((resolve) => {
    const look = (now) => now === state && resolve();
    look(thing.state);
    thing.stateChange.addListener(look);
  });
}

/** Leaves the outcome of the phone, or why there is none, where the tests look for it. */
export async function tell(SIP, server = new URLSearchParams(location.search).get("server")) {
  globalThis.outcome = await phone(SIP, server).catch((error) => `${error.stack}`);
  return globalThis.outcome;
}
