import { Inviter, Registerer, SessionState, UserAgent } from "sipwasm";

const { server, domain, user, password } = Object.fromEntries(new URLSearchParams(location.search));
const find = (selector) => document.querySelector(selector);

const userAgent = new UserAgent({
  uri: UserAgent.makeURI(`sip:${user}@${domain}`),
  transportOptions: { server },
  authorizationUsername: user,
  authorizationPassword: password,
  // Across the internet: your STUN and TURN servers.
  sessionDescriptionHandlerFactoryOptions: { peerConnectionConfiguration: { iceServers: [] } },
  logLevel: "warn",
  delegate: {
    onInvite: show,
    onDisconnect: (error) => error && userAgent.reconnect().catch(say)
  }
});

const say = (what) => (find("#status").textContent = `${what}`);

/** A row for a call, whoever made it. It goes by itself when the call is over. */
function show(session) {
  const row = find("template").content.cloneNode(true).firstElementChild;
  const [name, state, answer, end, audio] = row.children;
  name.textContent = session.remoteIdentity.friendlyName;
  answer.hidden = session instanceof Inviter;
  answer.onclick = () => session.accept().catch(say);
  end.onclick = () => hangUp(session).catch(say);
  const update = () => {
    state.textContent = session.state;
    if (session.state === SessionState.Established) {
      answer.hidden = true;
      audio.srcObject = session.sessionDescriptionHandler.remoteMediaStream;
    }
    if (session.state === SessionState.Terminated) row.remove();
  };
  session.stateChange.addListener(update);
  update();
  find("ul").append(row);
}

/** Ends a call in whatever state it is. */
async function hangUp(session) {
  if (session.state === SessionState.Established) await session.bye();
  else if (session instanceof Inviter) await session.cancel();
  else await session.reject();
}

find("form").onsubmit = (event) => {
  event.preventDefault();
  const target = UserAgent.makeURI(`sip:${new FormData(event.target).get("to")}@${domain}`);
  if (!target) return say("That is nobody's address.");
  const inviter = new Inviter(userAgent, target);
  show(inviter);
  inviter.invite().catch(say);
};

find("#user").textContent = user;
try {
  await userAgent.start();
  const registerer = new Registerer(userAgent);
  registerer.stateChange.addListener(say);
  await registerer.register();
} catch (error) {
  say(error);
}
