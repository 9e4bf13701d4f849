import { describe, expect, it, vi } from "vitest";
import type { SessionDescriptionHandler } from "../../../../js/platform/web/session-description-handler/index.js";
import { FakeMediaStream, FakeTrack } from "../../../support/js/fake-media.js";
import {
  AUDIO,
  NOTHING,
  VIDEO,
  create,
  createCall,
  directions,
  exchange,
  media,
  peerConnectionOf
} from "./support/handler-stage.js";

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
