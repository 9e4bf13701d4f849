import * as Reference from "sip.js";
import { describe, expect, it, vi } from "vitest";
import { LoggerFactory } from "../../../../js/core/log/index.js";
import { Transport } from "../../../../js/platform/web/transport/index.js";
import { FakeNetwork } from "../../../support/js/fake-websocket.js";

const SERVER = "wss://sip.example.com/ws";

describe("A subclass", () => {
  const handlers = [
    "onWebSocketOpen",
    "onWebSocketMessage",
    "onWebSocketError",
    "onWebSocketClose"
  ];

  it.each([
    ["SIP.js's", Reference.Web.Transport as unknown as typeof Transport],
    ["ours", Transport]
  ])("of %s may replace what is done when something comes from the WebSocket", async (_, of) => {
    const network = new FakeNetwork();
    vi.stubGlobal("WebSocket", network.WebSocket);
    const calls: unknown[][] = [];
    class Recording extends of {}
    const inherited = of.prototype as unknown as { [name: string]: (...args: unknown[]) => void };
    for (const name of handlers) {
      Object.defineProperty(Recording.prototype, name, {
        value(this: unknown, ...args: [Event, WebSocket]) {
          calls.push([name, args[0].type, args[1] === (network.latest as unknown), args.length]);
          inherited[name].apply(this, args);
        }
      });
    }
    const loggerFactory = new LoggerFactory();
    loggerFactory.builtinEnabled = false;
    const logger = loggerFactory.getLogger("sip.Transport") as never;
    const transport = new Recording(logger, { server: SERVER, traceSip: false });
    const connected = transport.connect();
    network.latest.accept();
    await connected;
    network.latest.receive("hello");
    network.latest.fail();
    const disconnected = transport.disconnect();
    network.latest.end();
    await disconnected;
    expect(calls).toEqual([
      ["onWebSocketOpen", "open", true, 2],
      ["onWebSocketMessage", "message", true, 2],
      ["onWebSocketError", "error", true, 2],
      ["onWebSocketClose", "close", true, 2]
    ]);
  });
});
