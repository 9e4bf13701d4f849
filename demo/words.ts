/** Failures in words that tell a person what happened and what to do. */

/** A failure to show. */
export interface Trouble {
  title: string;
  text: string;
}

/** A request that the other side refused, or that nobody answered. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    reason = ""
  ) {
    super(`${status} ${reason}`);
    this.name = "Refusal";
  }
}

/** Something that did not happen in time. */
export class TooSlow extends Error {
  override name = "TooSlow";
}

/** Why signing in failed. */
export function signInTrouble(error: unknown, user: string, server: string): Trouble {
  if (error instanceof Refusal) {
    if ([401, 403, 407].includes(error.status)) {
      return {
        title: "The server does not accept this user and password",
        text: `Check the password of “${user}” and sign in again.`
      };
    }
    if (error.status === 404) {
      return {
        title: `The server knows no user “${user}”`,
        text: "Check the name and the domain."
      };
    }
    return {
      title: "The server refused to register this phone",
      text: `It answered: ${error.message}.`
    };
  }
  return {
    title: "The server cannot be reached",
    text: `There is no answer from ${server}. Is it running, and is the address right?`
  };
}

const refusals: Record<number, (name: string) => [string, string]> = {
  403: (name) => [`You may not call ${name}`, "The server forbids this call."],
  404: (name) => [`There is no ${name} here`, "The server does not know this address."],
  408: (name) => ["No answer", `${name} did not answer.`],
  480: (name) => [
    `${name} is not available`,
    "Not signed in, or unable to take the call just now."
  ],
  481: () => ["The call is over already", "The other side does not know this call any more."],
  486: (name) => [`${name} is busy`, "Try again a little later."],
  487: () => ["Call cancelled", ""],
  488: (name) => [
    `${name}’s phone cannot take this call`,
    "It shares no audio or video format with this page. Audio only may work."
  ],
  600: (name) => [`${name} is busy everywhere`, "Try again a little later."],
  603: (name) => [`${name} declined`, ""]
};

/** Why a call or a message got no further, from the status of the response. */
export function refusalTrouble(status: number, reason: string, name: string): Trouble {
  const known = refusals[status === 606 ? 488 : status];
  if (known) {
    const [title, text] = known(name);
    return { title, text };
  }
  if (status >= 500) {
    return { title: "The server could not do that", text: `It answered: ${status} ${reason}.` };
  }
  return { title: "That did not work", text: `The answer was: ${status} ${reason}.` };
}

/** Why a call failed on this side: microphone, camera, connection. */
export function callTrouble(error: unknown, name: string): Trouble {
  if (error instanceof Refusal) return refusalTrouble(error.status, error.message, name);
  const kind = error instanceof Error ? error.name : "";
  const message = error instanceof Error ? error.message : String(error);
  if (kind === "NotAllowedError" || kind === "SecurityError") {
    return {
      title: "Microphone or camera blocked",
      text: "Allow this page to use them (the icon beside the address), then call again."
    };
  }
  if (kind === "NotFoundError" || kind === "OverconstrainedError") {
    return {
      title: "No microphone or camera found",
      text: "Connect one, or call with audio only."
    };
  }
  if (kind === "NotReadableError") {
    return {
      title: "Microphone or camera in use",
      text: "Another program holds it. Close that, then call again."
    };
  }
  return { title: "The call failed", text: message || "For an unknown reason." };
}
