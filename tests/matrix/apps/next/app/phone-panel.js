"use client";
import { useEffect, useState } from "react";
import * as SIP from "sipwasm";
import { tell } from "../phone.js";

/** Rendered on the server first, then alive in the browser. */
export function Phone() {
  const [told, setTold] = useState(`${SIP.UserAgent.makeURI("sip:carol@phone.test")}`);
  useEffect(() => {
    tell(SIP).then((outcome) => setTold(outcome.join(", ")));
  }, []);
  return <p id="client">{told}</p>;
}
