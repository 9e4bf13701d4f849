import { describe, expect, it, vi } from "vitest";
import { SessionDescriptionHandlerError } from "../../../../js/api/exceptions/index.js";
import {
  defaultMediaStreamFactory,
  SessionDescriptionHandler
} from "../../../../js/platform/web/session-description-handler/index.js";
import {
  VIDEO,
  create,
  createCall,
  directions,
  exchange,
  expectNothingLeft,
  kinds,
  loggerFactory,
  media,
  peerConnectionOf,
  useMedia
} from "./support/handler-stage.js";

describe("the delegate", () => {
  it("hears the events after the handler has dealt with them", async () => {
    const alice = create();
    const bob = create();
    const heard: string[] = [];
    bob.peerConnectionDelegate = {
      onicegatheringstatechange: () => heard.push(`gathering`),
      onsignalingstatechange: () => heard.push("signaling"),
      onconnectionstatechange: () => heard.push("connection"),
      ontrack: () => heard.push(`track ${kinds(bob.remoteMediaStream)}`)
    };
    await exchange(alice, bob, {});
    peerConnectionOf(bob).becomes("connected");
    expect(heard).toContain("track audio");
    expect(new Set(heard)).toEqual(
      new Set(["gathering", "signaling", "track audio", "connection"])
    );
    alice.close();
    bob.close();
  });
});

describe("a refused microphone", () => {
  it("rejects with what the browser says and leaves nothing live", async () => {
    media.refuse();
    const handler = create();
    await expect(handler.getDescription()).rejects.toMatchObject({ name: "NotAllowedError" });
    handler.close();
    expectNothingLeft();
  });

  it("may be granted at the next attempt", async () => {
    media.refuse();
    const handler = create();
    await expect(handler.getDescription()).rejects.toThrow("Permission denied");
    media.permission = Promise.resolve();
    expect(directions((await handler.getDescription()).body)).toEqual(["sendrecv"]);
    handler.close();
  });

  it("for an upgrade to video leaves the audio call as it was", async () => {
    const { alice, bob } = await createCall();
    media.refuse();
    await expect(alice.getDescription(VIDEO)).rejects.toThrow("Permission denied");
    expect(kinds(alice.localMediaStream)).toEqual(["audio"]);
    expect(media.liveTracks).toHaveLength(2);
    alice.close();
    bob.close();
  });
});

describe("close", () => {
  it("stops every track and closes the peer connection, once", async () => {
    const { alice, bob } = await createCall(VIDEO);
    const peerConnection = peerConnectionOf(alice);
    alice.close();
    alice.close();
    expect(alice.peerConnection).toBeUndefined();
    expect(peerConnection.calls.filter((call) => call === "close")).toHaveLength(1);
    expect(alice.remoteMediaStream.getTracks().map((track) => track.readyState)).toEqual([
      "ended",
      "ended"
    ]);
    bob.close();
    expectNothingLeft();
  });

  it("while permission is pending stops the media that is granted later", async () => {
    let grant!: () => void;
    media.permission = new Promise((resolve) => (grant = resolve));
    const handler = create();
    const described = handler.getDescription(VIDEO);
    handler.close();
    grant();
    await expect(described).rejects.toThrow("Peer connection closed.");
    expect(media.grantedTracks).toHaveLength(2);
    expectNothingLeft();
  });

  it("while a track is being replaced stops the new one", async () => {
    const { alice, bob } = await createCall();
    const sender = peerConnectionOf(alice).getSenders()[0]!;
    sender.replaceTrack = async () => alice.close();
    await expect(
      alice.getDescription({ constraints: { audio: { echoCancellation: false } } })
    ).rejects.toThrow("Peer connection closed.");
    bob.close();
    expectNothingLeft();
  });

  it("while gathering rejects the description", async () => {
    useMedia({ gather: "manual" });
    const handler = create({ iceGatheringTimeout: 5000 });
    const described = handler.getDescription();
    await vi.waitFor(() => expect(media.latest.iceGatheringState).toBe("gathering"));
    handler.close();
    await expect(described).rejects.toBeInstanceOf(SessionDescriptionHandlerError);
    expectNothingLeft();
  });

  it("makes everything else fail", async () => {
    const handler = create();
    handler.close();
    await expect(handler.getDescription()).rejects.toThrow("Peer connection closed.");
    await expect(handler.setDescription("v=0")).rejects.toThrow("Peer connection closed.");
    expect(() => handler.enableSenderTracks(true)).toThrow("Peer connection closed.");
    expect(() => handler.enableReceiverTracks(true)).toThrow("Peer connection closed.");
    handler.iceGatheringComplete();
    expect(media.requests).toEqual([]);
  });
});

describe("a subclass", () => {
  it("may replace every step", async () => {
    const steps: string[] = [];
    const prototype = SessionDescriptionHandler.prototype as unknown as Record<
      string,
      (...args: unknown[]) => unknown
    >;
    class Recording extends SessionDescriptionHandler {}
    for (const name of [
      "getLocalMediaStream",
      "setLocalMediaStream",
      "updateDirection",
      "createDataChannel",
      "createLocalOfferOrAnswer",
      "applyModifiers",
      "setLocalSessionDescription",
      "waitForIceGatheringComplete",
      "getLocalSessionDescription",
      "setRemoteSessionDescription",
      "setRemoteTrack"
    ]) {
      Object.defineProperty(Recording.prototype, name, {
        value(...args: unknown[]) {
          steps.push(name);
          return prototype[name]?.apply(this, args);
        }
      });
    }
    const alice = new Recording(loggerFactory.getLogger("sdh"), defaultMediaStreamFactory(), {});
    const bob = create();
    await exchange(alice, bob, {});
    expect(steps).toEqual([
      "getLocalMediaStream",
      "setLocalMediaStream",
      "updateDirection",
      "createDataChannel",
      "createLocalOfferOrAnswer",
      "applyModifiers",
      "setLocalSessionDescription",
      "waitForIceGatheringComplete",
      "getLocalSessionDescription",
      "getLocalMediaStream",
      "applyModifiers",
      "setRemoteSessionDescription",
      "setRemoteTrack"
    ]);
    alice.close();
    bob.close();
  });
});
