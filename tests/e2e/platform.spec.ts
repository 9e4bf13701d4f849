/** The transport and the media handler by themselves, on the WebSocket and WebRTC of a browser. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { expect, test as base } from "@playwright/test";
import { build } from "esbuild";
import type { WebSocket as ServerSocket } from "ws";
import { WebSocketServer } from "ws";

import type * as Platform from "../../js/platform/web/index.js";
import type { LoggerFactory } from "../../js/core/log/index.js";

declare const platform: typeof Platform & { LoggerFactory: typeof LoggerFactory };

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** A page of a secure origin with the platform in it, and nothing else. */
const test = base.extend<{ blank: Page }, { address: string }>({
  address: [
    async ({}, use) => {
      const script = await bundle();
      const server = createServer((_request, response) => {
        response.setHeader("Content-Type", "text/html; charset=utf-8");
        response.end(`<!doctype html><title>platform</title><script>${script}</script>`);
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      await use(`http://localhost:${(server.address() as AddressInfo).port}/`);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    { scope: "worker" }
  ],
  blank: async ({ page, context, address }, use) => {
    await context.grantPermissions(["microphone", "camera"]);
    await page.goto(address);
    await use(page);
  }
});

async function bundle(): Promise<string> {
  const contents = `export * from "./js/platform/web/index.js";
    export { LoggerFactory } from "./js/core/log/index.js";`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ROOT },
    bundle: true,
    format: "iife",
    globalName: "platform",
    target: "es2022",
    write: false
  });
  return outputFiles[0]?.text ?? "";
}

interface ServerOptions {
  path?: string;
  subProtocol?: string | false;
  onConnection?: (socket: ServerSocket) => void;
}

/** Runs something against a WebSocket server of its own; gives it the server's address. */
async function withServer<T>(
  { path, subProtocol = "sip", onConnection }: ServerOptions,
  run: (url: string) => Promise<T>
): Promise<T> {
  const server = new WebSocketServer({
    host: "127.0.0.1",
    port: 0,
    ...(path === undefined ? {} : { path }),
    handleProtocols: () => subProtocol
  });
  await new Promise((resolve) => server.once("listening", resolve));
  if (onConnection) {
    server.on("connection", onConnection);
  }
  try {
    return await run(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.clients.forEach((client) => client.terminate());
    await new Promise((resolve) => server.close(resolve));
  }
}

/** Connects a transport of the page and returns how that ended, and the state it was left in. */
function connect(page: Page, server: string): Promise<{ error?: string; state: string }> {
  return page.evaluate(async (server) => {
    const loggerFactory = new platform.LoggerFactory();
    loggerFactory.builtinEnabled = false;
    const transport = new platform.Transport(loggerFactory.getLogger("transport"), { server });
    try {
      await transport.connect();
      return { state: transport.state };
    } catch (error) {
      return { error: (error as Error).message, state: transport.state };
    }
  }, server);
}

test.describe("Transport", () => {
  test("connects to a server that speaks SIP", async ({ blank }) => {
    const outcome = await withServer({}, (url) => connect(blank, url));
    expect(outcome).toEqual({ state: "Connected" });
  });

  for (const [trouble, options] of Object.entries<ServerOptions>({
    "another path": { path: "/elsewhere" },
    "another sub-protocol": { subProtocol: "mqtt" },
    "no sub-protocol": { subProtocol: false }
  })) {
    test(`tells the address and what to check when the server has ${trouble}`, async ({
      blank
    }) => {
      await withServer(options, async (url) => {
        const { error, state } = await connect(blank, url);
        expect(error).toContain(url);
        expect(error).toMatch(/path/);
        expect(error).toMatch(/"sip"/);
        expect(state).toBe("Disconnected");
      });
    });
  }

  test("tells the address and what to check when there is no server", async ({ blank }) => {
    const url = await withServer({}, async (url) => url);
    const { error, state } = await connect(blank, url);
    expect(error).toContain(`${url} (code: 1006)`);
    expect(error).toMatch(/reachable/);
    expect(state).toBe("Disconnected");
  });

  test("receives text and binary, answers to keep-alive, and learns why it is closed", async ({
    blank
  }) => {
    const received: string[] = [];
    const onConnection = (socket: ServerSocket): void => {
      socket.on("message", (data) => {
        received.push(String(data));
        if (String(data) === "\r\n\r\n") {
          socket.send("\r\n");
          socket.send("text é");
          socket.send(Buffer.from("binary é"));
          socket.close(4000, "enough");
        }
      });
    };
    const seen = await withServer({ onConnection }, (url) =>
      blank.evaluate(async (server) => {
        const loggerFactory = new platform.LoggerFactory();
        loggerFactory.builtinEnabled = false;
        const transport = new platform.Transport(loggerFactory.getLogger("transport"), {
          server,
          keepAliveInterval: 0.1
        });
        const seen: string[] = [];
        transport.onMessage = (message) => seen.push(message);
        const lost = new Promise<Error | undefined>((resolve) => {
          transport.onDisconnect = resolve;
        });
        await transport.connect();
        await transport.send("first");
        return [...seen, (await lost)?.message, ...seen];
      }, url)
    );
    expect(received.slice(0, 2)).toEqual(["first", "\r\n\r\n"]);
    expect(seen).toEqual([expect.stringMatching(/\(code: 4000\): enough$/), "text é", "binary é"]);
  });
});

test.describe("SessionDescriptionHandler", () => {
  test("lets sound flow both ways, holds, resumes, and leaves nothing open", async ({ blank }) => {
    const report = await blank.evaluate(async () => {
      const loggerFactory = new platform.LoggerFactory();
      loggerFactory.builtinEnabled = false;
      const create = (): Platform.SessionDescriptionHandler =>
        new platform.SessionDescriptionHandler(
          loggerFactory.getLogger("sdh"),
          platform.defaultMediaStreamFactory(),
          { peerConnectionConfiguration: { iceServers: [] } }
        );
      const alice = create();
      const bob = create();
      // What nobody plays is not decoded, and what is muted has no energy.
      for (const { remoteMediaStream } of [alice, bob]) {
        const audio = new Audio();
        audio.srcObject = remoteMediaStream;
        void audio.play();
      }
      const connections = [alice, bob].map(({ peerConnection }) => peerConnection!);
      const exchange = async (hold: boolean): Promise<string> => {
        const offer = await alice.getDescription({ hold });
        await bob.setDescription(offer.body);
        const answer = await bob.getDescription();
        await alice.setDescription(answer.body);
        return connections
          .map((connection) => connection.getTransceivers()[0]?.currentDirection)
          .join();
      };
      /** Waits until there is sound that was not there before. */
      const sounds = async (connection: RTCPeerConnection): Promise<boolean> => {
        const energy = async (): Promise<number> => {
          let total = 0;
          (await connection.getStats()).forEach((one) => {
            total += one.type === "inbound-rtp" ? (one.totalAudioEnergy ?? 0) : 0;
          });
          return total;
        };
        const before = await energy();
        while ((await energy()) <= before) {
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        return true;
      };
      const called = await exchange(false);
      const heard = [await sounds(connections[0]!), await sounds(connections[1]!)];
      const held = await exchange(true);
      const resumed = await exchange(false);
      heard.push(await sounds(connections[0]!), await sounds(connections[1]!));
      const dtmf = alice.sendDtmf("12#");
      const streams = [alice, bob].flatMap((one) => [one.localMediaStream, one.remoteMediaStream]);
      alice.close();
      bob.close();
      return {
        directions: [called, held, resumed],
        heard,
        dtmf,
        connections: connections.map((connection) => connection.signalingState),
        tracks: streams.flatMap((stream) => stream.getTracks().map((one) => one.readyState))
      };
    });
    expect(report).toEqual({
      directions: ["sendrecv,sendrecv", "sendonly,recvonly", "sendrecv,sendrecv"],
      heard: [true, true, true, true],
      dtmf: true,
      connections: ["closed", "closed"],
      tracks: ["ended", "ended", "ended", "ended"]
    });
  });

  test("rejects with NotAllowedError when the microphone is refused", async ({
    blank,
    context
  }) => {
    await context.clearPermissions();
    const [name, state] = await blank.evaluate(async () => {
      const loggerFactory = new platform.LoggerFactory();
      loggerFactory.builtinEnabled = false;
      const handler = new platform.SessionDescriptionHandler(
        loggerFactory.getLogger("sdh"),
        platform.defaultMediaStreamFactory(),
        { peerConnectionConfiguration: { iceServers: [] } }
      );
      const { peerConnection } = handler;
      const error = await handler.getDescription().catch((error: Error) => error);
      handler.close();
      return [(error as Error).name, peerConnection?.signalingState];
    });
    expect(name).toBe("NotAllowedError");
    expect(state).toBe("closed");
  });
});
