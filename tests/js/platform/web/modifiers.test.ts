import { describe, expect, it } from "vitest";

import * as modifiers from "../../../../js/platform/web/modifiers/index.js";

const lines = (...text: string[]): string => text.map((line) => `${line}\r\n`).join("");

const SESSION = ["v=0", "o=- 1 2 IN IP4 127.0.0.1", "s=-", "t=0 0"];
const AUDIO = [
  "m=audio 9 UDP/TLS/RTP/SAVPF 111 9 8 110 126",
  "c=IN IP4 0.0.0.0",
  "a=rtpmap:111 opus/48000/2",
  "a=rtcp-fb:111 transport-cc",
  "a=fmtp:111 minptime=10;useinbandfec=1",
  "a=rtpmap:9 G722/8000",
  "a=rtpmap:8 PCMA/8000",
  "a=rtpmap:110 telephone-event/48000",
  "a=rtpmap:126 telephone-event/8000",
  "a=fmtp:126 0-16"
];
const VIDEO = [
  "m=video 9 UDP/TLS/RTP/SAVPF 96 97 98",
  "c=IN IP4 0.0.0.0",
  "a=rtpmap:96 VP8/90000",
  "a=rtpmap:97 rtx/90000",
  "a=fmtp:97 apt=96",
  "a=rtpmap:98 H264/90000"
];
const DATA = ["m=application 9 UDP/DTLS/SCTP webrtc-datachannel", "c=IN IP4 0.0.0.0"];

async function modified(
  modifier: (description: RTCSessionDescriptionInit) => Promise<RTCSessionDescriptionInit>,
  ...text: string[]
): Promise<string[]> {
  const { sdp, type } = await modifier({ type: "offer", sdp: lines(...text) });
  expect(type).toBe("offer");
  expect(sdp).toMatch(/\r\n$/);
  return sdp?.split("\r\n").slice(0, -1) ?? [];
}

const without = (text: string[], pick: RegExp): string[] => text.filter((line) => !pick.test(line));

describe("stripTcpCandidates", () => {
  it("removes the candidates over TCP only", async () => {
    const udp = "a=candidate:1 1 udp 2113937151 127.0.0.1 40000 typ host";
    const tcp = ["tcp", "TCP"].map(
      (name) => `a=candidate:2 1 ${name} 1518280447 127.0.0.1 9 typ host tcptype active`
    );
    expect(await modified(modifiers.stripTcpCandidates, ...AUDIO, udp, ...tcp)).toEqual([
      ...AUDIO,
      udp
    ]);
  });
});

describe("stripRtpPayload", () => {
  it("removes a codec with all that is said about it", async () => {
    expect(await modified(modifiers.stripRtpPayload("opus"), ...SESSION, ...AUDIO)).toEqual([
      ...SESSION,
      "m=audio 9 UDP/TLS/RTP/SAVPF 9 8 110 126",
      ...without(AUDIO.slice(1), /:111 /)
    ]);
  });

  it("removes the retransmission stream of the codec as well", async () => {
    expect(await modified(modifiers.stripRtpPayload("vp8"), ...AUDIO, ...VIDEO)).toEqual([
      ...AUDIO,
      "m=video 9 UDP/TLS/RTP/SAVPF 98",
      ...without(VIDEO.slice(1), /:9[67] /)
    ]);
  });

  it("leaves alone what is not there", async () => {
    expect(await modified(modifiers.stripRtpPayload("G729"), ...AUDIO)).toEqual(AUDIO);
  });

  it("does not take one payload type for another that begins alike", async () => {
    const audio = [
      "m=audio 9 RTP/AVP 99 9 109",
      "a=rtpmap:9 G722/8000",
      "a=rtpmap:99 opus/48000/2"
    ];
    expect(await modified(modifiers.stripG722, ...audio)).toEqual([
      "m=audio 9 RTP/AVP 99 109",
      "a=rtpmap:99 opus/48000/2"
    ]);
  });
});

describe("stripG722 and stripTelephoneEvent", () => {
  it("remove their codecs", async () => {
    expect(await modified(modifiers.stripG722, ...AUDIO)).toEqual([
      "m=audio 9 UDP/TLS/RTP/SAVPF 111 8 110 126",
      ...without(AUDIO.slice(1), /:9 /)
    ]);
    expect(await modified(modifiers.stripTelephoneEvent, ...AUDIO)).toEqual([
      "m=audio 9 UDP/TLS/RTP/SAVPF 111 9 8",
      ...without(AUDIO.slice(1), /:1[12][06] /)
    ]);
  });
});

describe("stripVideo", () => {
  it("removes the video wherever it stands, and takes it out of the bundle", async () => {
    const group = "a=group:BUNDLE v a d";
    const text = [...VIDEO, "a=mid:v", ...AUDIO, "a=mid:a", ...DATA, "a=mid:d"];
    expect(await modified(modifiers.stripVideo, ...SESSION, group, ...text)).toEqual([
      ...SESSION,
      "a=group:BUNDLE a d",
      ...AUDIO,
      "a=mid:a",
      ...DATA,
      "a=mid:d"
    ]);
  });

  it("leaves a description without video alone", async () => {
    const text = [...SESSION, "a=group:BUNDLE 0", ...AUDIO, "a=mid:0"];
    expect(await modified(modifiers.stripVideo, ...text)).toEqual(text);
  });
});

describe("cleanJitsiSdpImageattr", () => {
  it("corrects the ranges", async () => {
    const other = "a=fmtp:99 x=[0-640]";
    const attribute = "a=imageattr:105 send * recv [x=[0-640],y=[0-480]]";
    expect(await modified(modifiers.cleanJitsiSdpImageattr, ...VIDEO, attribute, other)).toEqual([
      ...VIDEO,
      "a=imageattr:105 send * recv [x=[1:640],y=[1:480]]",
      other
    ]);
  });
});

describe("addMidLines", () => {
  it("numbers the sections", async () => {
    expect(await modified(modifiers.addMidLines, ...SESSION, ...AUDIO, ...DATA)).toEqual([
      ...SESSION,
      ...AUDIO,
      "a=mid:0",
      ...DATA,
      "a=mid:1"
    ]);
  });

  it("does nothing if some have names already", async () => {
    const text = [...SESSION, ...AUDIO, "a=mid:x", ...VIDEO];
    expect(await modified(modifiers.addMidLines, ...text)).toEqual(text);
  });
});

describe("holdModifier", () => {
  it.each([
    ["sendrecv", "sendonly"],
    ["recvonly", "inactive"],
    ["sendonly", "sendonly"],
    ["inactive", "inactive"]
  ])("turns %s into %s", async (before, after) => {
    const text = [...SESSION, ...AUDIO, `a=${before}`];
    expect(await modified(modifiers.holdModifier, ...text)).toEqual([
      ...SESSION,
      ...AUDIO,
      `a=${after}`
    ]);
  });

  it("marks every section if none has a direction", async () => {
    expect(await modified(modifiers.holdModifier, ...SESSION, ...AUDIO, ...VIDEO)).toEqual([
      ...SESSION,
      ...AUDIO,
      "a=sendonly",
      ...VIDEO,
      "a=sendonly"
    ]);
  });

  it("leaves its argument as it is and refuses an empty one", async () => {
    const description = Object.freeze({ type: "offer" as const, sdp: "a=sendrecv\r\n" });
    await expect(modifiers.holdModifier(description)).resolves.toEqual({
      type: "offer",
      sdp: "a=sendonly\r\n"
    });
    await expect(modifiers.holdModifier({ type: "offer" })).rejects.toThrow("Invalid SDP");
  });
});

describe("every other modifier", () => {
  it("changes the description it is given, and takes one without text", async () => {
    const { stripTcpCandidates, stripTelephoneEvent, stripG722, stripVideo, addMidLines } =
      modifiers;
    for (const modifier of [stripTcpCandidates, stripTelephoneEvent, stripG722, stripVideo]) {
      const description: RTCSessionDescriptionInit = { type: "offer" };
      expect(await modifier(description)).toBe(description);
      expect(description.sdp).toBe("");
    }
    expect(await addMidLines({ type: "offer" })).toEqual({ type: "offer", sdp: "" });
  });
});
