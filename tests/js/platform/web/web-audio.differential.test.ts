import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as Reference from "sip.js";
import * as Ours from "../../../../js/index.js";
import { FakeMedia, FakeMediaStream, FakeTrack } from "../../../support/js/fake-media.js";

type Library = typeof Ours;
type Handler = Ours.Web.WebAudioSessionDescriptionHandler;

/** A node of a graph that notes what it is connected with. */
class FakeNode {
  constructor(
    readonly name: string,
    readonly note: (what: string) => void,
    readonly stream: FakeMediaStream
  ) {}

  connect(other: FakeNode): void {
    this.note(`${this.name} -> ${other.name}`);
  }

  disconnect(other?: FakeNode): void {
    this.note(`${this.name} -/> ${other?.name ?? "all"}`);
  }
}

/** The Web Audio of a browser, two handlers and all that happens, in its order. */
class Studio {
  readonly log: string[] = [];
  readonly media = new FakeMedia();
  private readonly names = new Map<unknown, string>();
  private contexts = 0;
  private readonly nodes = new Map<string, number>();

  constructor(readonly library: Library) {
    // eslint-disable-next-line @typescript-eslint/no-this-alias
    const studio = this;
    const globals: Record<string, unknown> = {
      ...this.media.globals,
      AudioContext: class {
        constructor() {
          studio.note(`context ${++studio.contexts}`);
        }
        createMediaStreamSource(stream: FakeMediaStream): FakeNode {
          return studio.node(`source of ${studio.nameOf(stream)}`, stream);
        }
        createMediaStreamDestination(): FakeNode {
          const stream = new FakeMediaStream([new FakeTrack("audio")]);
          const node = studio.node("destination", stream);
          studio.call(stream, `stream of ${node.name}`);
          return node;
        }
      }
    };
    for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
    library.Web.WebAudioSessionDescriptionHandler.audioContext = undefined;
  }

  note(what: string): void {
    this.log.push(what);
  }

  call(what: unknown, name: string): void {
    this.names.set(what, name);
  }

  nameOf(what: unknown): string {
    return this.names.get(what) ?? "somebody's stream";
  }

  /** Notes what a call gives or throws. */
  tell(what: string, call: () => unknown): void {
    try {
      const value = call();
      this.note(`${what} = ${value instanceof Object ? this.nameOf(value) : String(value)}`);
    } catch (error) {
      this.note(`${what} threw ${(error as Error).constructor.name} ${(error as Error).message}`);
    }
  }

  async follow(what: string, promise: Promise<unknown>): Promise<void> {
    await promise.then(
      () => this.note(`${what} resolved`),
      (error: Error) => this.note(`${what} rejected: ${error.message}`)
    );
  }

  handler(name: string, factory?: Ours.Web.MediaStreamFactory): Handler {
    const loggers = new this.library.Core.LoggerFactory();
    loggers.builtinEnabled = false;
    const handler = new this.library.Web.WebAudioSessionDescriptionHandler(
      loggers.getLogger("x"),
      factory ??
        ((_constraints, self) =>
          Promise.resolve((self as Handler).initLocalMediaStream(this.stream(`${name}'s`)))),
      {}
    );
    this.call(handler.remoteMediaStream, `${name}'s remote`);
    this.call(handler.localMediaStream, `${name}'s local`);
    return handler;
  }

  stream(name: string, ...kinds: ("audio" | "video")[]): MediaStream {
    const tracks = (kinds.length ? kinds : (["audio"] as const)).map((kind) => new FakeTrack(kind));
    const stream = new FakeMediaStream(tracks);
    this.call(stream, `${name} microphone`);
    return stream as unknown as MediaStream;
  }

  session(handler?: unknown): Ours.Session {
    return { sessionDescriptionHandler: handler } as unknown as Ours.Session;
  }

  enabled(stream: MediaStream): string {
    return stream
      .getTracks()
      .map(({ kind, enabled }) => `${kind} ${enabled}`)
      .join(", ");
  }

  private node(name: string, stream: FakeMediaStream): FakeNode {
    const count = (this.nodes.get(name) ?? 0) + 1;
    this.nodes.set(name, count);
    return new FakeNode(`${name} (${count})`, (what) => this.note(what), stream);
  }
}

const scripts: { [name: string]: (studio: Studio) => Promise<void> } = {
  "one context for all handlers": async (studio) => {
    const { WebAudioSessionDescriptionHandler: Class } = studio.library.Web;
    studio.note(String(Class.audioContext));
    studio.handler("alice");
    const { audioContext } = Class;
    studio.handler("bob");
    studio.note(String(Class.audioContext === audioContext));
  },
  "an offer": async (studio) => {
    const alice = studio.handler("alice");
    await studio.follow("getDescription", alice.getDescription({}));
    studio.note(
      studio.media.latest
        .getSenders()
        .map(({ track }) => track?.kind)
        .join()
    );
    studio.note(
      alice.localMediaStream
        .getTracks()
        .map(({ kind }) => kind)
        .join()
    );
    alice.close();
  },
  "proxies of streams": async (studio) => {
    const alice = studio.handler("alice");
    studio.tell("audio", () => alice.initLocalMediaStream(studio.stream("alice's")));
    studio.tell("again", () => alice.initLocalMediaStream(studio.stream("alice's other")));
    studio.tell("video", () => {
      const proxy = alice.initLocalMediaStream(studio.stream("alice's", "audio", "video"));
      studio.note(
        proxy
          .getTracks()
          .map(({ kind }) => kind)
          .join()
      );
      return proxy;
    });
    studio.tell("nothing", () => alice.initLocalMediaStream(new FakeMediaStream() as never));
  },
  mute: async (studio) => {
    const microphone = studio.stream("alice's", "audio", "video");
    const alice = studio.handler("alice", (_c, self) =>
      Promise.resolve((self as Handler).initLocalMediaStream(microphone))
    );
    studio.tell("mute", () => alice.enableSenderTracks(false));
    await studio.follow("getDescription", alice.getDescription({}));
    studio.tell("mute", () => alice.enableSenderTracks(false));
    studio.note(studio.enabled(microphone));
    studio.note(studio.enabled(alice.localMediaStream));
    studio.tell("unmute", () => alice.enableSenderTracks(true));
    studio.note(studio.enabled(microphone));
    studio.tell("deafen", () => alice.enableReceiverTracks(false));
    alice.close();
    studio.tell("mute when closed", () => alice.enableSenderTracks(false));
    studio.note(studio.enabled(microphone));
  },
  "another microphone": async (studio) => {
    const microphone = studio.stream("alice's");
    const alice = studio.handler("alice", (_c, self) =>
      Promise.resolve((self as Handler).initLocalMediaStream(microphone))
    );
    studio.tell("too early", () => alice.setRealLocalMediaStream(studio.stream("alice's early")));
    await studio.follow("getDescription", alice.getDescription({}));
    studio.tell("other", () => alice.setRealLocalMediaStream(studio.stream("alice's other")));
    studio.tell("none", () => alice.setRealLocalMediaStream(new FakeMediaStream() as never));
    studio.note(
      microphone
        .getTracks()
        .map(({ readyState }) => readyState)
        .join()
    );
    const third = studio.stream("alice's third");
    studio.tell("third", () => alice.setRealLocalMediaStream(third));
    studio.tell("mute", () => alice.enableSenderTracks(false));
    studio.note(studio.enabled(third));
  },
  "two joined": async (studio) => {
    const [alice, bob] = [studio.handler("alice"), studio.handler("bob")];
    await alice.getDescription({});
    await bob.getDescription({});
    studio.log.push("both");
    studio.tell("joinWith", () => alice.joinWith(bob));
  },
  conferences: async (studio) => {
    const handlers = [studio.handler("alice"), studio.handler("bob"), studio.handler("carol")];
    for (const handler of handlers) {
      await handler.getDescription({});
      handler.remoteMediaStream.addTrack(new FakeTrack("audio") as never);
    }
    const { startLocalConference } = studio.library.Web;
    const sessions = handlers.map((handler) => studio.session(handler));
    for (const count of [0, 1, 2, 3]) {
      studio.tell(`${count} sessions`, () => startLocalConference(sessions.slice(0, count)));
    }
    studio.tell("no handler", () => startLocalConference([sessions[0], studio.session()]));
    studio.tell("other handlers", () =>
      startLocalConference([studio.session({}), studio.session({})])
    );
  }
};

async function play(library: Library, name: string): Promise<string[]> {
  const studio = new Studio(library);
  await scripts[name](studio);
  return studio.log;
}

it("Handlers are joined both ways or not at all", async () => {
  const studio = new Studio(Ours);
  const [alice, bob] = [studio.handler("alice"), studio.handler("bob")];
  await alice.getDescription({});
  const before = studio.log.length;
  expect(() => alice.joinWith(bob)).toThrow("Peer outbound (local) stream");
  expect(() => bob.joinWith(alice)).toThrow("Our outbound (local) stream");
  expect(studio.log.length).toBe(before);
});

describe("The Web Audio handler does what SIP.js's does", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it.each(Object.keys(scripts))("%s", async (name) => {
    const theirs = await play(Reference as unknown as Library, name);
    vi.unstubAllGlobals();
    expect(await play(Ours, name)).toEqual(theirs);
    expect(theirs.length).toBeGreaterThan(1);
  });
});
