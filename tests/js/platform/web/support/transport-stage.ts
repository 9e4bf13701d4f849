import { afterEach, beforeEach, expect, vi } from "vitest";
import { TransportState } from "../../../../../js/api/transport-state.js";
import { LoggerFactory } from "../../../../../js/core/log/index.js";
import type { TransportOptions } from "../../../../../js/platform/web/transport/index.js";
import { Transport } from "../../../../../js/platform/web/transport/index.js";
import { FakeNetwork } from "../../../../support/js/fake-websocket.js";

export const SERVER = "wss://sip.example.com/ws";
export const { Connecting, Connected, Disconnecting, Disconnected } = TransportState;

export let network: FakeNetwork;
export let log: string[];

beforeEach(() => {
  network = new FakeNetwork();
  vi.stubGlobal("WebSocket", network.WebSocket);
  vi.useFakeTimers();
});

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** A transport whose every sign of life is written down. */
export function create(options: Partial<TransportOptions> = {}) {
  const loggerFactory = new LoggerFactory();
  loggerFactory.builtinEnabled = false;
  log = [];
  loggerFactory.connector = (_level, _category, _label, content) => log.push(content);
  const transport = new Transport(loggerFactory.getLogger("sip.Transport"), {
    server: SERVER,
    ...options
  });
  const signs: string[] = [];
  transport.stateChange.addListener((state) => signs.push(state));
  transport.onConnect = () => signs.push("onConnect");
  transport.onDisconnect = (error) => signs.push(`onDisconnect(${error?.message ?? ""})`);
  transport.onMessage = (message) => signs.push(`onMessage(${message})`);
  return { transport, signs };
}

export async function createConnected(options: Partial<TransportOptions> = {}) {
  const { transport, signs } = create(options);
  const connected = transport.connect();
  network.latest.accept();
  await connected;
  signs.length = 0;
  return { transport, signs, socket: network.latest };
}

export async function disconnect(transport: Transport): Promise<void> {
  const disconnected = transport.disconnect();
  network.latest.end();
  await disconnected;
}
