import { expect } from "@playwright/test";
import type { Kinds } from "../../e2e/page/phone.js";
import type { Media } from "../../e2e/page/media.js";
import type { Phone } from "./phone.js";

/** Has `caller` call `callee`, who answers; resolves when both sides are established. */
export async function establish(caller: Phone, callee: Phone, kinds: Kinds = {}): Promise<void> {
  await caller.call(callee.user, kinds);
  await callee.take("ringing", { from: caller.user });
  await callee.accept(kinds);
  await Promise.all(
    [caller, callee].map((phone) => phone.take("session", { state: "Established" }))
  );
}

/** Ends a call from `phone`'s side and waits for both sides. */
export async function end(phone: Phone, other: Phone): Promise<void> {
  await phone.hangUp();
  await Promise.all([phone, other].map((each) => each.take("session", { state: "Terminated" })));
}

/** Expects sound to arrive, and to go on arriving. */
export async function expectSound(...phones: Phone[]): Promise<void> {
  await Promise.all(phones.map((phone) => expectRising(phone, soundOf)));
}

/** Expects pictures to arrive, and to go on arriving. */
export async function expectPictures(...phones: Phone[]): Promise<void> {
  await Promise.all(phones.map((phone) => expectRising(phone, picturesOf)));
}

/** Expects no more sound to arrive: two looks half a second apart see the same count. */
export async function expectSilence(...phones: Phone[]): Promise<void> {
  for (const phone of phones) {
    let last = -1;
    const grown = async (): Promise<number> => {
      const before = last;
      last = (await phone.media()).audio.bytesReceived;
      return last - before;
    };
    await expect.poll(grown, { intervals: [500], message: `silence at ${phone.user}` }).toBe(0);
  }
}

/** Expects that nothing of the browser's media is held any more, after something was. */
export async function expectAllClosed(...phones: Phone[]): Promise<void> {
  for (const phone of phones) {
    const held = async (): Promise<object> => {
      const { liveTracks, openPeerConnections } = await phone.leftovers();
      return { liveTracks, openPeerConnections };
    };
    await expect
      .poll(held, { message: `held by ${phone.user}` })
      .toEqual({ liveTracks: [], openPeerConnections: 0 });
    expect((await phone.leftovers()).peerConnectionsMade, "peer connections made").toBeGreaterThan(
      0
    );
  }
}

// A figure must be above zero and then above that.
async function expectRising(phone: Phone, figures: (media: Media) => number[]): Promise<void> {
  const flowing = { message: `media at ${phone.user}`, intervals: [50, 100, 200] };
  let first: number[] = [];
  await expect
    .poll(async () => (first = figures(await phone.media())).every((figure) => figure > 0), flowing)
    .toBe(true);
  await expect
    .poll(
      async () => figures(await phone.media()).every((now, i) => now > (first[i] ?? 0)),
      flowing
    )
    .toBe(true);
}

function soundOf({ audio }: Media): number[] {
  return [audio.bytesReceived, audio.totalAudioEnergy];
}

function picturesOf({ video }: Media): number[] {
  return [video.bytesReceived, video.framesDecoded];
}
