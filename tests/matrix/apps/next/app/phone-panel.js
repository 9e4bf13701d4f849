"use client";
import { useEffect, useState } from "react";
import * as SIP from "sipwasm";
import { tell } from "../phone.js";

/** The outcome, told once: React's strict mode, on in Next's development server, runs effects twice. */
let told;

/** Rendered on the server first, then alive in the browser. */
export function Phone() {
  const [shown, show] = useState(`${SIP.UserAgent.makeURI("sip:carol@phone.test")}`);
  useEffect(() => {
    told ??= tell(SIP);
    told.then((outcome) => show(outcome.join(", ")));
  }, []);
  return <p id="client">{shown}</p>;
}
