import { describe, expect, it } from "vitest";
import * as Reference from "sip.js";
import * as Ours from "../../../js/index.js";

/** The public members that SIP.js's class has and ours has not. The compiler checks this file. */
type Missing<Theirs, Mine> = Exclude<keyof Theirs, keyof Mine>;
type None<T extends never> = T;

/** Does not compile if something is missing. Publications and subscriptions are not there yet. */
export type Complete = [
  None<Exclude<Missing<Reference.UserAgent, Ours.UserAgent>, "_publishers" | "_subscriptions">>,
  None<Missing<Reference.Session, Ours.Session>>,
  None<Missing<Reference.Inviter, Ours.Inviter>>,
  None<Missing<Reference.Invitation, Ours.Invitation>>,
  None<Missing<Reference.Registerer, Ours.Registerer>>,
  None<Missing<Reference.Messager, Ours.Messager>>,
  None<Missing<Reference.Message, Ours.Message>>,
  None<Missing<Reference.Referral, Ours.Referral>>,
  None<Missing<Reference.URI, Ours.URI>>,
  None<Missing<Reference.NameAddrHeader, Ours.NameAddrHeader>>,
  None<Missing<Reference.Core.IncomingRequestMessage, Ours.Core.IncomingRequestMessage>>,
  None<Missing<Reference.Core.OutgoingRequestMessage, Ours.Core.OutgoingRequestMessage>>,
  None<Missing<Reference.UserAgentOptions, Ours.UserAgentOptions>>,
  None<Missing<Reference.InviterOptions, Ours.InviterOptions>>,
  None<Missing<Reference.RegistererOptions, Ours.RegistererOptions>>,
  None<Missing<Reference.SessionDelegate, Ours.SessionDelegate>>,
  None<Missing<Reference.SessionInviteOptions, Ours.SessionInviteOptions>>
];

/** What is still to come, or is of no use outside of SIP.js. */
const notYet: string[] = [];

describe("The package's exports", () => {
  it("are SIP.js's, but for what is not there yet", () => {
    const missing = Object.keys(Reference).filter((name) => !(name in Ours));
    expect(missing.sort()).toEqual(notYet);
  });

  it("are what they are in SIP.js", () => {
    // SIP.js has nothing to preload, and no Worker.
    const { preload, wakeBy, ...others } = Ours;
    expect([typeof preload, typeof wakeBy]).toEqual(["function", "function"]);
    for (const [name, value] of Object.entries(others)) {
      expect(`${name}: ${typeof value}`).toBe(
        `${name}: ${typeof (Reference as Record<string, unknown>)[name]}`
      );
    }
  });

  it.each([
    "SessionState",
    "RegistererState",
    "UserAgentState",
    "TransportState",
    "SIPExtension"
  ] as const)("%s has SIP.js's values", (name) => {
    expect(Ours[name]).toEqual(Reference[name]);
  });

  it("name the states of the core as SIP.js does", () => {
    expect(Ours.Core.SessionState).toEqual(Reference.Core.SessionState);
    expect(Ours.Core.SignalingState).toEqual(Reference.Core.SignalingState);
    expect(Ours.Core.Timers).toEqual(Reference.Core.Timers);
    expect(Ours.UserAgentRegisteredOptionTags).toEqual(Reference.UserAgentRegisteredOptionTags);
  });

  it("have no side effect when they are imported", () => {
    expect(Ours.UserAgent.makeURI("sip:alice@example.com")?.user).toBe("alice");
  });
});
