import { afterEach, beforeEach, expect, vi } from "vitest";
import { LoggerFactory } from "../../../../../js/core/log/index.js";
import type {
  MediaStreamFactory,
  SessionDescriptionHandlerConfiguration,
  SessionDescriptionHandlerOptions
} from "../../../../../js/platform/web/session-description-handler/index.js";
import {
  defaultMediaStreamFactory,
  SessionDescriptionHandler
} from "../../../../../js/platform/web/session-description-handler/index.js";
import type { FakePeerConnection } from "../../../../support/js/fake-media.js";
import { FakeMedia } from "../../../../support/js/fake-media.js";

export const AUDIO = { constraints: { audio: true, video: false } };
export const VIDEO = { constraints: { audio: true, video: true } };
export const NOTHING = { constraints: { audio: false, video: false } };

export const loggerFactory = new LoggerFactory();
loggerFactory.builtinEnabled = false;

export let media: FakeMedia;

export function useMedia(options: FakeMedia["options"] = {}): void {
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
export class Handler extends SessionDescriptionHandler {
  declare setLocalMediaStream: (stream: MediaStream) => Promise<void>;
}

export function create(
  configuration?: SessionDescriptionHandlerConfiguration,
  factory: MediaStreamFactory = defaultMediaStreamFactory()
): Handler {
  return new Handler(loggerFactory.getLogger("sdh"), factory, configuration);
}

export function peerConnectionOf(handler: SessionDescriptionHandler): FakePeerConnection {
  return handler.peerConnection as unknown as FakePeerConnection;
}

export const kinds = (stream: MediaStream): string[] =>
  stream
    .getTracks()
    .map(({ kind }) => kind)
    .sort();

export const directions = (sdp: string): string[] =>
  [...sdp.matchAll(/^a=(sendrecv|sendonly|recvonly|inactive)\r$/gm)].map(([, one]) => one ?? "");

/** One offer and its answer; returns the directions in both. */
export async function exchange(
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

export async function createCall(options: SessionDescriptionHandlerOptions = AUDIO) {
  const alice = create();
  const bob = create();
  await exchange(alice, bob, { offer: options, answer: options });
  return { alice, bob };
}

export function expectNothingLeft(): void {
  expect(media.liveTracks).toEqual([]);
  expect(media.openPeerConnections).toEqual([]);
}
