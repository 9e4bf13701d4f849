import { beforeEach, describe, expect, it, vi } from "vitest";
import { SessionDescriptionHandlerError } from "../../../../js/api/exceptions/index.js";
import {
  defaultPeerConnectionConfiguration,
  defaultSessionDescriptionHandlerFactory
} from "../../../../js/platform/web/session-description-handler/index.js";
import { FakeMediaStream } from "../../../support/js/fake-media.js";
import {
  AUDIO,
  NOTHING,
  VIDEO,
  create,
  createCall,
  exchange,
  expectNothingLeft,
  kinds,
  loggerFactory,
  media,
  peerConnectionOf,
  useMedia
} from "./support/handler-stage.js";

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
    const { body } = await offered;
    await bob.setDescription(body);
    const answered = bob.getDescription({
      ...AUDIO,
      answerOptions: { voiceActivityDetection: false } as RTCAnswerOptions
    });
    await vi.waitFor(() => expect(peerConnectionOf(bob).calls.at(-1)).toMatch(/setLocal/));
    expect(peerConnectionOf(bob).calls).toContain("createAnswer(voiceActivityDetection)");
    bob.iceGatheringComplete();
    await answered;
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
