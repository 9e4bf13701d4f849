import { useEffect, useState } from "react";
import { Inviter, Registerer, UserAgent } from "sipwasm";

/**
 * A user agent for as long as a component lives, with its calls as React's state. A session is the
 * same object in every callback, so that `===` finds its call again.
 */
export function usePhone({ server, domain, user, password }) {
  const [status, setStatus] = useState("Connecting");
  const [calls, setCalls] = useState([]);
  const [userAgent, setUserAgent] = useState();

  /** Puts a new session into the state, and follows it until it is over. */
  function follow(session) {
    setCalls((calls) => [...calls, { session, state: session.state }]);
    session.stateChange.addListener((state) =>
      setCalls((calls) =>
        calls.map((call) => (call.session === session ? { session, state } : call))
      )
    );
  }

  useEffect(() => {
    const userAgent = new UserAgent({
      uri: UserAgent.makeURI(`sip:${user}@${domain}`),
      transportOptions: { server },
      authorizationUsername: user,
      authorizationPassword: password,
      // Across the internet: your STUN and TURN servers.
      sessionDescriptionHandlerFactoryOptions: { peerConnectionConfiguration: { iceServers: [] } },
      logLevel: "warn",
      delegate: {
        onInvite: follow,
        onDisconnect: (error) => error && userAgent.reconnect().catch(failed)
      }
    });
    let gone = false;
    const failed = (error) => gone || setStatus(`${error}`);
    const registerer = new Registerer(userAgent);
    registerer.stateChange.addListener((state) => gone || setStatus(state));
    setUserAgent(userAgent);
    const connected = userAgent.start().then(() => registerer.register());
    connected.catch(failed);
    return () => {
      gone = true;
      connected.catch(() => {}).then(() => userAgent.stop());
    };
  }, [server, domain, user, password]);

  function call(name) {
    const target = UserAgent.makeURI(`sip:${name}@${domain}`);
    if (!target) return setStatus("That is nobody's address.");
    const inviter = new Inviter(userAgent, target);
    follow(inviter);
    return inviter.invite().catch((error) => setStatus(`${error}`));
  }

  return { status, calls, call };
}
