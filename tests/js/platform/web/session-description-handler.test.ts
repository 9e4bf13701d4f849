import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { SessionDescriptionHandlerError } from "../../../../js/api/exceptions/index.js";
import { LoggerFactory } from "../../../../js/core/log/index.js";
import type {
  MediaStreamFactory,
  SessionDescriptionHandlerConfiguration,
  SessionDescriptionHandlerOptions
} from "../../../../js/platform/web/session-description-handler/index.js";
import {
  defaultMediaStreamFactory,
  defaultPeerConnectionConfiguration,
  defaultSessionDescriptionHandlerFactory,
  SessionDescriptionHandler
} from "../../../../js/platform/web/session-description-handler/index.js";
import type { FakePeerConnection } from "../../../support/js/fake-media.js";
import { FakeMedia, FakeMediaStream, FakeTrack } from "../../../support/js/fake-media.js";

const AUDIO = { constraints: { audio: true, video: false } };
const VIDEO = { constraints: { audio: true, video: true } };
const NOTHING = { constraints: { audio: false, video: false } };

const loggerFactory = new LoggerFactory();
loggerFactory.builtinEnabled = false;

let media: FakeMedia;

function useMedia(options: FakeMedia["options"] = {}): void {
  media = new FakeMedia(options);
  for (const [name, value] of Object.entries(media.globals)) {
    vi.stubGlobal(name, value);
  }
}

beforeEach(() => {
  useMedia();
  vi.useFakeTimers();
});

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** A handler whose protected parts the tests can reach, as a subclass of an application can. */
class Handler extends SessionDescriptionHandler {
  declare setLocalMediaStream: (stream: MediaStream) => Promise<void>;
}

function create(
  configuration?: SessionDescriptionHandlerConfiguration,
  factory: MediaStreamFactory = defaultMediaStreamFactory()
): Handler {
  return new Handler(loggerFactory.getLogger("sdh"), factory, configuration);
}

function peerConnectionOf(handler: SessionDescriptionHandler): FakePeerConnection {
  return handler.peerConnection as unknown as FakePeerConnection;
}

const kinds = (stream: MediaStream): string[] =>
  stream
    .getTracks()
    .map(({ kind }) => kind)
    .sort();

const directions = (sdp: string): string[] =>
  [...sdp.matchAll(/^a=(sendrecv|sendonly|recvonly|inactive)\r$/gm)].map(([, one]) => one ?? "");

/** One offer and its answer; returns the directions in both. */
async function exchange(
  offerer: SessionDescriptionHandler,
  answerer: SessionDescriptionHandler,
  options: { offer?: SessionDescriptionHandlerOptions; answer?: SessionDescriptionHandlerOptions }
): Promise<[offer: string, answer: string]> {
  const offer = await offerer.getDescription(options.offer);
  await answerer.setDescription(offer.body, options.answer);
  const answer = await answerer.getDescription(options.answer);
  await offerer.setDescription(answer.body, options.offer);
  return [directions(offer.body).join(), directions(answer.body).join()];
}

async function createCall(options: SessionDescriptionHandlerOptions = AUDIO) {
  const alice = create();
  const bob = create();
  await exchange(alice, bob, { offer: options, answer: options });
  return { alice, bob };
}

function expectNothingLeft(): void {
  expect(media.liveTracks).toEqual([]);
  expect(media.openPeerConnections).toEqual([]);
}

describe("the default factory", () => {
  const session = { userAgent: { getLogger: (name: string) => loggerFactory.getLogger(name) } };

  it("fills in the configuration of the peer connection", () => {
    const handler = defaultSessionDescriptionHandlerFactory()(session as never, {
      peerConnectionConfiguration: { iceServers: [] }
    });
    expect(media.latest.configuration).toEqual({
      ...defaultPeerConnectionConfiguration(),
      iceServers: []
    });
    handler.close();
  });

  it.each([
    [undefined, 5000],
    [700, 700]
  ])("limits ICE gathering (%s) to %s ms", async (iceGatheringTimeout, limit) => {
    useMedia({ gather: "manual" });
    const options = { iceGatheringTimeout, peerConnectionConfiguration: { iceServers: [] } };
    const handler = defaultSessionDescriptionHandlerFactory()(session as never, options);
    const settled = vi.fn();
    const described = handler.getDescription().then(settled);
    await vi.advanceTimersByTimeAsync(limit - 1);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await described;
    handler.close();
  });

  it("takes the media from the factory given, with everything it may need to know", async () => {
    const factory = vi.fn(async () => new FakeMediaStream() as unknown as MediaStream);
    const handler = defaultSessionDescriptionHandlerFactory(factory)(session as never, {});
    await handler.getDescription(VIDEO);
    expect(factory).toHaveBeenCalledExactlyOnceWith(VIDEO.constraints, handler, VIDEO);
    handler.close();
  });
});

describe("the default media stream factory", () => {
  it("rejects with a clear error where there are no media devices", async () => {
    vi.stubGlobal("navigator", {});
    const handler = create();
    const described = handler.getDescription();
    await expect(described).rejects.toBeInstanceOf(SessionDescriptionHandlerError);
    await expect(described).rejects.toThrow("Media devices not available in insecure contexts");
    handler.close();
  });

  it("makes an empty stream if neither audio nor video is wanted", async () => {
    const handler = create();
    await handler.getDescription(NOTHING);
    expect(media.requests).toEqual([]);
    handler.close();
  });
});

describe("offer and answer", () => {
  it("bring audio both ways by default", async () => {
    const alice = create();
    const bob = create();
    expect(await exchange(alice, bob, {})).toEqual(["sendrecv", "sendrecv"]);
    expect(media.requests).toEqual([{ audio: true }, { audio: true }]);
    for (const handler of [alice, bob]) {
      expect(kinds(handler.localMediaStream)).toEqual(["audio"]);
      expect(kinds(handler.remoteMediaStream)).toEqual(["audio"]);
      expect(handler.peerConnection?.signalingState).toBe("stable");
    }
    alice.close();
    bob.close();
  });

  it("are SDP with candidates", async () => {
    const handler = create();
    const { body, contentType } = await handler.getDescription();
    expect(contentType).toBe("application/sdp");
    expect(body).toContain("a=candidate:");
    handler.close();
  });

  it("ask for media once as long as what is wanted is in use", async () => {
    const { alice, bob } = await createCall(VIDEO);
    await exchange(alice, bob, { offer: {}, answer: AUDIO });
    await exchange(bob, alice, { offer: VIDEO, answer: NOTHING });
    expect(media.requests).toHaveLength(2);
    alice.close();
    bob.close();
  });

  it("add video to an audio call, and stop the microphone that is replaced", async () => {
    const { alice, bob } = await createCall(AUDIO);
    const heard: string[] = [];
    for (const type of ["addtrack", "removetrack"]) {
      alice.localMediaStream.addEventListener(type, (event) =>
        heard.push(`${type} ${(event as MediaStreamTrackEvent).track.kind}`)
      );
    }
    await exchange(alice, bob, { offer: VIDEO, answer: VIDEO });
    expect(kinds(alice.localMediaStream)).toEqual(["audio", "video"]);
    expect(kinds(bob.remoteMediaStream)).toEqual(["audio", "video"]);
    expect(heard.sort()).toEqual(["addtrack audio", "addtrack video", "removetrack audio"]);
    expect(media.liveTracks).toHaveLength(4);
    alice.close();
    bob.close();
    expectNothingLeft();
  });

  it("pass the options of WebRTC on", async () => {
    const { alice, bob } = await createCall();
    const offered = alice.getDescription({ offerOptions: { iceRestart: true } });
    await vi.waitFor(() => expect(peerConnectionOf(alice).calls.at(-1)).toMatch(/setLocal/));
    expect(peerConnectionOf(alice).calls).toContain("createOffer(iceRestart)");
    alice.iceGatheringComplete();
    await offered;
    alice.close();
    bob.close();
  });

  it("reject in the wrong state", async () => {
    const handler = create();
    const { body } = await handler.getDescription();
    await expect(handler.getDescription()).rejects.toThrow(
      "Invalid signaling state have-local-offer"
    );
    const other = create();
    await other.setDescription(body);
    await expect(other.setDescription(body)).rejects.toThrow(
      "Invalid signaling state have-remote-offer"
    );
    handler.close();
    other.close();
  });

  it.each([
    ["nonsense", "Failed to parse SessionDescription."],
    ["", "SDP is undefined"]
  ])('reject the description "%s"', async (sdp, message) => {
    const handler = create();
    await expect(handler.setDescription(sdp)).rejects.toThrow(message);
    expect(handler.peerConnection?.signalingState).toBe("stable");
    handler.close();
    expectNothingLeft();
  });

  it("recognise SDP by its content type", () => {
    const handler = create();
    expect(handler.hasDescription("application/sdp")).toBe(true);
    expect(handler.hasDescription("Application/SDP; charset=utf-8")).toBe(true);
    expect(handler.hasDescription("application/dtmf-relay")).toBe(false);
    handler.close();
  });
});

describe("modifiers", () => {
  it("are applied one after the other to what is set and sent", async () => {
    const alice = create();
    const add = (text: string) => async (description: RTCSessionDescriptionInit) => ({
      type: description.type,
      sdp: `${description.sdp}a=${text}\r\n`
    });
    const { body } = await alice.getDescription({}, [add("first"), add("second")]);
    expect(body).toMatch(/a=first\r\na=second\r\n$/);
    const bob = create();
    await bob.setDescription(body, {}, [add("third")]);
    expect(bob.peerConnection?.remoteDescription?.sdp).toMatch(/a=second\r\na=third\r\n$/);
    alice.close();
    bob.close();
  });

  it("fail the description when they fail or leave none", async () => {
    const handler = create();
    const fails = async () => Promise.reject(new Error("of modifier"));
    await expect(handler.getDescription({}, [fails])).rejects.toThrow("of modifier");
    const empties = async () => ({ type: "offer" as const });
    await expect(handler.getDescription({}, [empties])).rejects.toThrow("Invalid SDP.");
    handler.close();
  });
});

describe("ICE gathering", () => {
  beforeEach(() => useMedia({ gather: "manual" }));

  it("ends as soon as it is complete", async () => {
    const handler = create({ iceGatheringTimeout: 5000 });
    const described = handler.getDescription();
    await vi.waitFor(() => expect(media.latest.iceGatheringState).toBe("gathering"));
    media.latest.completeGathering();
    expect((await described).body).toContain("a=candidate:");
    handler.close();
  });

  it("ends when the application says so", async () => {
    const handler = create();
    const described = handler.getDescription();
    await vi.waitFor(() => expect(media.latest.iceGatheringState).toBe("gathering"));
    handler.iceGatheringComplete();
    expect((await described).body).not.toContain("a=candidate:");
    handler.close();
  });

  it.each([
    [{ iceGatheringTimeout: 300 }, {}, 300],
    [{ iceGatheringTimeout: 300 }, { iceGatheringTimeout: 40 }, 40]
  ])("ends at the timeout of %o or rather %o", async (configuration, options, limit) => {
    const handler = create(configuration);
    const settled = vi.fn();
    const described = handler.getDescription(options).then(settled);
    await vi.advanceTimersByTimeAsync(limit - 1);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await described;
    handler.close();
  });

  it("has no limit if the timeout is zero", async () => {
    const handler = create({ iceGatheringTimeout: 300 });
    const described = handler.getDescription({ iceGatheringTimeout: 0 });
    await vi.advanceTimersByTimeAsync(3_600_000);
    media.latest.completeGathering();
    await described;
    handler.close();
  });

  it("is not waited for when there is nothing to gather for", async () => {
    const handler = create();
    const { body } = await handler.getDescription(NOTHING);
    expect(body).not.toContain("m=");
    handler.close();
  });
});

describe("hold", () => {
  it("and resume go by the direction of the media", async () => {
    const { alice, bob } = await createCall();
    expect(await exchange(alice, bob, { offer: { hold: true } })).toEqual(["sendonly", "recvonly"]);
    expect(await exchange(alice, bob, { offer: { hold: true } })).toEqual(["sendonly", "recvonly"]);
    expect(await exchange(alice, bob, { offer: { hold: false } })).toEqual([
      "sendrecv",
      "sendrecv"
    ]);
    alice.close();
    bob.close();
  });

  it("by both sides ends one side at a time", async () => {
    const { alice, bob } = await createCall();
    const hold = { hold: true };
    expect(await exchange(bob, alice, { offer: hold, answer: hold })).toEqual([
      "sendonly",
      "inactive"
    ]);
    // Departs from SIP.js, whose alice would offer recvonly and never be heard again.
    expect(await exchange(alice, bob, { answer: hold })).toEqual(["sendrecv", "sendonly"]);
    expect(await exchange(bob, alice, {})).toEqual(["sendrecv", "sendrecv"]);
    alice.close();
    bob.close();
  });

  it("leaves media that is only received inactive", async () => {
    const alice = create();
    const bob = create();
    await exchange(alice, bob, { offer: NOTHING, answer: NOTHING });
    await exchange(bob, alice, { offer: AUDIO });
    expect(peerConnectionOf(alice).getTransceivers()[0]?.sender.track).toBeNull();
    peerConnectionOf(alice).getTransceivers()[0]!.direction = "recvonly";
    expect((await exchange(alice, bob, { offer: { hold: true } }))[0]).toBe("inactive");
    expect((await exchange(alice, bob, {}))[0]).toBe("recvonly");
    alice.close();
    bob.close();
  });

  it.each([
    ["sendrecv", "recvonly", ["sendrecv", "sendonly"]],
    ["sendonly", "inactive", ["recvonly", "inactive"]],
    ["inactive", "sendrecv", ["inactive", "sendrecv"]]
  ])("answers audio %s and video %s each for itself", async (audio, video, answer) => {
    const { alice, bob } = await createCall(VIDEO);
    const offer = await alice.getDescription();
    const directed = [audio, video];
    const body = offer.body.replace(/^a=sendrecv/gm, () => `a=${directed.shift()}`);
    await bob.setDescription(body);
    expect(directions((await bob.getDescription()).body)).toEqual(answer);
    alice.close();
    bob.close();
  });
});

describe("mute", () => {
  it("disables what is sent, deafness what is received", async () => {
    const { alice, bob } = await createCall(VIDEO);
    const enabled = (stream: MediaStream): boolean[] =>
      stream.getTracks().map((track) => track.enabled);
    alice.enableSenderTracks(false);
    expect(enabled(alice.localMediaStream)).toEqual([false, false]);
    expect(enabled(alice.remoteMediaStream)).toEqual([true, true]);
    alice.enableReceiverTracks(false);
    expect(enabled(alice.remoteMediaStream)).toEqual([false, false]);
    alice.enableSenderTracks(true);
    expect(enabled(alice.localMediaStream)).toEqual([true, true]);
    alice.close();
    bob.close();
  });
});

describe("sendDtmf", () => {
  const inserted = (handler: SessionDescriptionHandler) =>
    peerConnectionOf(handler).getSenders()[0]?.dtmf?.inserted;

  it("sends digits by the sender of audio", async () => {
    const { alice, bob } = await createCall(VIDEO);
    expect(alice.sendDtmf("1234*#ABCD,")).toBe(true);
    expect(alice.sendDtmf("9", { duration: 200, interToneGap: 50 })).toBe(true);
    expect(inserted(alice)).toEqual([
      ["1234*#ABCD,", undefined, undefined],
      ["9", 200, 50]
    ]);
    alice.close();
    bob.close();
  });

  it("returns false when that is not possible", async () => {
    const fresh = create();
    expect(fresh.sendDtmf("1")).toBe(false);
    fresh.close();
    const { alice, bob } = await createCall();
    expect(alice.sendDtmf("x")).toBe(false);
    alice.close();
    expect(alice.sendDtmf("1")).toBe(false);
    bob.close();
  });
});

describe("the data channel", () => {
  it("is created with the first offer that wants one", async () => {
    const handler = create();
    const onDataChannel = vi.fn();
    const { body } = await handler.getDescription({
      ...NOTHING,
      dataChannel: true,
      dataChannelLabel: "chat",
      dataChannelOptions: { ordered: false },
      onDataChannel
    });
    expect(body).toContain("m=application");
    expect(handler.dataChannel).toMatchObject({ label: "chat", ordered: false });
    expect(onDataChannel).toHaveBeenCalledExactlyOnceWith(handler.dataChannel);
    const channel = handler.dataChannel;
    handler.close();
    expect(channel?.readyState).toBe("closed");
  });

  it("may come from the peer", async () => {
    const { alice, bob } = await createCall();
    const onDataChannel = vi.fn();
    await exchange(alice, bob, { answer: { dataChannel: true, onDataChannel } });
    expect(bob.dataChannel).toBeUndefined();
    peerConnectionOf(bob).receiveDataChannel("chat");
    expect(bob.dataChannel?.label).toBe("chat");
    expect(onDataChannel).toHaveBeenCalledExactlyOnceWith(bob.dataChannel);
    alice.close();
    bob.close();
  });
});

describe("rollbackDescription", () => {
  it("withdraws a local offer", async () => {
    const handler = create();
    await handler.getDescription();
    await handler.rollbackDescription();
    expect(handler.peerConnection?.signalingState).toBe("stable");
    await handler.getDescription();
    handler.close();
  });

  it("withdraws a remote offer, and does nothing when stable", async () => {
    const { alice, bob } = await createCall();
    await bob.setDescription((await alice.getDescription()).body);
    await bob.rollbackDescription();
    expect(bob.peerConnection?.signalingState).toBe("stable");
    await bob.rollbackDescription();
    alice.close();
    bob.close();
    await expect(bob.rollbackDescription()).rejects.toThrow("Peer connection closed.");
  });
});

describe("setLocalMediaStream", () => {
  it("replaces tracks of the same kind, and keeps those that are already sent", async () => {
    const { alice, bob } = await createCall();
    const stream = new FakeMediaStream([new FakeTrack("audio")]) as unknown as MediaStream;
    await alice.setLocalMediaStream(stream);
    expect(alice.localMediaStream.getTracks()).toEqual(stream.getTracks());
    expect(media.liveTracks).toHaveLength(1);
    await alice.setLocalMediaStream(stream);
    expect(stream.getTracks()[0]?.readyState).toBe("live");
    alice.close();
    expect(stream.getTracks()[0]?.readyState).toBe("ended");
    bob.close();
  });
});

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
