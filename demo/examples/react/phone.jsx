import { useEffect, useRef } from "react";
import { Inviter, SessionState } from "sipwasm";
import { usePhone } from "./use-phone.js";

export function Phone(settings) {
  const { status, calls, call } = usePhone(settings);
  const going = calls.filter(({ state }) => state !== SessionState.Terminated);
  return (
    <>
      <h1>Telephone of {settings.user}</h1>
      <p role="status">{status}</p>
      <form action={(form) => void call(form.get("to"))}>
        <input name="to" aria-label="Whom to call" placeholder="bob" required />
        <button>Call</button>
      </form>
      <ul>
        {going.map(({ session, state }) => (
          <Call key={session.id} session={session} state={state} />
        ))}
      </ul>
    </>
  );
}

function Call({ session, state }) {
  const audio = useRef(null);
  const incoming = !(session instanceof Inviter);
  const established = state === SessionState.Established;
  useEffect(() => {
    if (established) audio.current.srcObject = session.sessionDescriptionHandler.remoteMediaStream;
  }, [session, established]);

  function hangUp() {
    if (established) return session.bye();
    return incoming ? session.reject() : session.cancel();
  }

  return (
    <li>
      <b>{session.remoteIdentity.friendlyName}</b>
      <span>{state}</span>
      {incoming && !established && <button onClick={() => session.accept()}>Answer</button>}
      <button onClick={hangUp}>Hang up</button>
      <audio ref={audio} autoPlay />
    </li>
  );
}
