import { describe, expect, it } from "vitest";
import type { PeerConnectionDelegate } from "../../../../js/platform/web/index.js";
import { delegateEvents } from "../../../../js/platform/web/session-description-handler/peer-connection-events.js";

const events = [
  "connectionstatechange",
  "datachannel",
  "icecandidate",
  "icecandidateerror",
  "iceconnectionstatechange",
  "icegatheringstatechange",
  "negotiationneeded",
  "signalingstatechange",
  "track"
] as const;

describe("Each event of a peer connection", () => {
  it.each(events)("%s comes to the handler first, then to the delegate of the moment", (type) => {
    const heard: unknown[] = [];
    const name = `on${type}` as const;
    const peerConnection = {} as RTCPeerConnection;
    let delegate: PeerConnectionDelegate | undefined = undefined;
    const own = { [name]: (event: Event) => heard.push("handler", event) };
    delegateEvents(peerConnection, () => delegate, own);
    const event = new Event(type);
    const fire = peerConnection[name] as (event: Event) => void;
    fire(event);
    delegate = { [name]: (given: Event) => heard.push("delegate", given) };
    fire(event);
    expect(heard).toEqual(["handler", event, "handler", event, "delegate", event]);
  });

  it("that nobody asks for is let go by", () => {
    const peerConnection = {} as RTCPeerConnection;
    delegateEvents(peerConnection, () => undefined, {});
    for (const type of events) {
      expect(() =>
        (peerConnection[`on${type}`] as (event: Event) => void)(new Event(type))
      ).not.toThrow();
    }
  });
});
