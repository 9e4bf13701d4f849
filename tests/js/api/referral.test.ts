import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Inviter, SessionState, SIPExtension } from "../../../js/index.js";
import type { Invitation, Notification, Referral, SessionDelegate } from "../../../js/index.js";
import { bodyOf, header, request, startLine } from "./support/message-text.js";
import { address, Network, settle } from "./support/user-agents.js";
import type { TestAgent } from "./support/user-agents.js";

let network: Network;
let alice: TestAgent;
let bob: TestAgent;
let carol: TestAgent;
let session: Inviter;
let notified: string[];
const invitations: { [name: string]: Invitation[] } = {};

async function add(name: string, delegate?: () => SessionDelegate | undefined): Promise<TestAgent> {
  const agent = await network.add(name, { sipExtensionReplaces: SIPExtension.Supported });
  invitations[name] = [];
  agent.userAgent.delegate = {
    onInvite: (invitation) => {
      invitations[name].push(invitation);
      invitation.delegate = delegate?.();
      void invitation.accept();
    }
  };
  return agent;
}

async function call(from: TestAgent, to: string): Promise<Inviter> {
  const inviter = new Inviter(from.userAgent, address(to));
  await inviter.invite();
  await settle();
  expect(inviter.state).toBe(SessionState.Established);
  return inviter;
}

const onNotify = (notification: Notification): void => {
  notified.push(notification.request.body.trim());
  void notification.accept();
};

let bobsDelegate: SessionDelegate | undefined;

beforeEach(async () => {
  network = new Network();
  notified = [];
  bobsDelegate = undefined;
  alice = await add("alice");
  bob = await add("bob", () => bobsDelegate);
  carol = await add("carol");
});

afterEach(() => {
  for (const { userAgent } of network.agents) {
    userAgent.userAgentCore.reset();
  }
});

describe("Referral", () => {
  it("tells who is to be called, and who wants it", async () => {
    session = await call(alice, "bob");
    let referral!: Referral;
    invitations.bob[0].delegate = { onRefer: (each) => void (referral = each) };
    const outcome: unknown[] = [];
    const { message } = await session.refer(address("carol"), {
      requestOptions: { extraHeaders: ["X-Referred-By-Someone: Username"] },
      requestDelegate: { onReject: (response) => void outcome.push(response.message.statusCode) }
    });
    const refer = alice.transport.last;
    expect(message.toString()).toBe(refer);
    expect(header(refer, "Refer-To")).toBe("<sip:carol@example.com>");
    expect(header(refer, "Referred-By")).toBe("<sip:alice@example.com>");
    expect(header(refer, "X-Referred-By-Someone")).toBe("Username");
    await settle();
    expect(String(referral.referTo)).toBe("<sip:carol@example.com>");
    expect(referral.referredBy).toBe("<sip:alice@example.com>");
    expect(referral.replaces).toBeUndefined();
    expect(referral.request.method).toBe("REFER");
    await referral.reject({ statusCode: 603 });
    await settle();
    expect(outcome).toEqual([603]);
  });

  it("is followed, and the referrer told how it goes (blind transfer)", async () => {
    session = await call(alice, "bob");
    let inviter!: Inviter;
    invitations.bob[0].delegate = {
      onRefer: (referral) => {
        void referral.accept();
        inviter = referral.makeInviter();
        expect(referral.makeInviter()).toBe(inviter);
        void inviter.invite();
      }
    };
    await session.refer(address("carol"), { onNotify });
    await settle();
    expect(notified).toEqual(["SIP/2.0 100 Trying", "SIP/2.0 180 Ringing", "SIP/2.0 200 OK"]);
    expect(inviter.state).toBe(SessionState.Established);
    expect(header(inviter.request.toString(), "Referred-By")).toBe("<sip:alice@example.com>");
    expect(invitations.bob[0]._referral).toBe(inviter);
    expect(invitations.carol).toHaveLength(1);
    const states = bob.transport
      .sentWith("NOTIFY")
      .map((each) => header(each, "Subscription-State"));
    expect(states.map((state) => state.split(";")[0])).toEqual(["active", "active", "terminated"]);
  });

  it("is followed if nobody decides otherwise", async () => {
    session = await call(alice, "bob");
    session.delegate = { onNotify };
    await session.refer(address("carol"));
    await settle();
    expect(invitations.carol).toHaveLength(1);
    expect(notified.at(-1)).toBe("SIP/2.0 200 OK");
  });

  it("goes on telling after the referrer has hung up", async () => {
    session = await call(alice, "bob");
    carol.userAgent.delegate = {
      onInvite: (invitation) => void invitations.carol.push(invitation)
    };
    await session.refer(address("carol"), { onNotify });
    await settle();
    await session.bye();
    await settle();
    await invitations.carol[0].accept();
    await settle();
    expect(notified.at(-1)).toBe("SIP/2.0 200 OK");
  });

  it("tells of a refusal", async () => {
    session = await call(alice, "bob");
    await session.refer(address("nobody"), { onNotify });
    await settle();
    expect(notified).toEqual(["SIP/2.0 100 Trying", "SIP/2.0 404 Not Found"]);
    expect(session.state).toBe(SessionState.Established);
  });

  it("tells if the media are refused", async () => {
    session = await call(alice, "bob");
    bobsDelegate = undefined;
    invitations.bob[0].delegate = {
      onRefer: (referral) => {
        void referral.accept();
        const inviter = referral.makeInviter({
          delegate: {
            onSessionDescriptionHandler: () => {
              bob.handlers[1].failing.get = new Error("Permission denied");
            }
          }
        });
        inviter.invite().catch(() => undefined);
      }
    };
    await session.refer(address("carol"), { onNotify });
    await settle();
    expect(notified.at(-1)).toBe("SIP/2.0 500 Internal Server Error");
  });

  it("replaces the referrer's other session (attended transfer)", async () => {
    session = await call(alice, "bob");
    const other = await call(alice, "carol");
    await session.refer(other, { onNotify });
    const referTo = header(alice.transport.sentWith("REFER")[0], "Refer-To");
    expect(referTo).toMatch(/^"carol@example\.com" <sip:.*\?Replaces=[^>]*%3Bto-tag%3D/);
    await settle();
    const { dialog } = other;
    const invite = bob.transport.sentWith("INVITE")[0];
    expect(header(invite, "Replaces")).toBe(
      `${dialog!.callId};to-tag=${dialog!.remoteTag};from-tag=${dialog!.localTag}`
    );
    expect(notified.at(-1)).toBe("SIP/2.0 200 OK");
    // carol has accepted bob in the place of alice.
    expect(other.state).toBe(SessionState.Terminated);
    expect(invitations.carol.map(({ state }) => state)).toEqual(["Terminated", "Established"]);
  });

  it.each(["<sip:carol@example.com", "", ";"])("is refused if Refer-To is %j", async (referTo) => {
    session = await call(alice, "bob");
    const [invitation] = invitations.bob;
    const onRefer = vi.fn();
    invitation.delegate = { onRefer };
    const { callId, localTag, remoteTag } = invitation.dialog!;
    bob.transport.receive(
      request("REFER", {
        callId,
        from: `<sip:alice@example.com>;tag=${remoteTag}`,
        to: `<sip:bob@example.com>;tag=${localTag}`,
        cseq: 9,
        headers: ["Refer-To: " + referTo]
      })
    );
    expect(startLine(bob.transport.last)).toBe("SIP/2.0 400 Bad Request");
    expect(onRefer).not.toHaveBeenCalled();
    expect(invitation.state).toBe(SessionState.Established);
  });

  it("cannot refer to a session that is not established", async () => {
    session = await call(alice, "bob");
    const other = new Inviter(alice.userAgent, address("carol"));
    await expect(session.refer(other)).rejects.toThrow("not established");
    await other.dispose();
  });

  it("sends the status line as a fragment of a message", async () => {
    session = await call(alice, "bob");
    await session.refer(address("carol"), { onNotify });
    await settle();
    const [notify] = bob.transport.sentWith("NOTIFY");
    expect(header(notify, "Content-Type")).toMatch(/^message\/sipfrag/);
    expect(header(notify, "Event")).toMatch(/^refer/);
    expect(startLine(bodyOf(notify))).toBe("SIP/2.0 100 Trying");
  });
});
