import { describe, expect, it, vi } from "vitest";
import { StateTransitionError } from "../../../../js/api/exceptions/index.js";
import { LoggerFactory } from "../../../../js/core/log/index.js";
import { Transport } from "../../../../js/platform/web/transport/index.js";
import { FakeNetwork } from "../../../support/js/fake-websocket.js";
import {
  Connected,
  Connecting,
  Disconnected,
  Disconnecting,
  SERVER,
  create,
  createConnected,
  disconnect,
  log,
  network
} from "./support/transport-stage.js";

describe("constructor", () => {
  it("starts disconnected, without a WebSocket", () => {
    const { transport } = create();
    expect(transport.state).toBe(Disconnected);
    expect(transport.isConnected()).toBe(false);
    expect(transport.server).toBe(SERVER);
    expect(transport.ws).toBeUndefined();
    expect(network.sockets).toEqual([]);
  });

  it.each([
    ["wss://sip.example.com", "WSS"],
    ["WSS://sip.example.com", "WSS"],
    ["ws://127.0.0.1:8080/path?query=1", "WS"],
    ["wss://[::1]:5061/", "WSS"]
  ])("takes the protocol from %s", (server, protocol) => {
    expect(create({ server }).transport.protocol).toBe(protocol);
  });

  it.each(["", "sip.example.com", "ws://sip.example.com/#fragment", "ws://", "ws://a:b@c"])(
    'refuses "%s" as no URL',
    (server) => {
      expect(() => create({ server })).toThrow(`Invalid WebSocket Server URL "${server}"`);
      expect(log.join()).toContain("Invalid WebSocket Server URL");
    }
  );

  it.each(["http://sip.example.com", "sip:example.com"])("refuses the scheme of %s", (server) => {
    expect(() => create({ server })).toThrow(`Invalid scheme in WebSocket Server URL "${server}"`);
  });

  it("refuses to do without a server", () => {
    const logger = new LoggerFactory().getLogger("sip.Transport");
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    expect(() => new Transport(logger)).toThrow("Invalid WebSocket Server URL");
  });
});

describe("connect", () => {
  it("asks for the sub-protocol sip and tells of each step in order", async () => {
    const { transport, signs } = create();
    const connected = transport.connect().then(() => signs.push("resolved"));
    expect(transport.state).toBe(Connecting);
    expect(network.latest).toMatchObject({ url: SERVER, requestedProtocols: ["sip"] });
    expect(transport.ws).toBe(network.latest);
    network.latest.accept();
    await connected;
    expect(signs).toEqual([Connecting, Connected, "onConnect", "resolved"]);
    expect(transport.isConnected()).toBe(true);
    await disconnect(transport);
  });

  it("looks WebSocket up when called", async () => {
    const { transport } = create();
    const later = new FakeNetwork({ auto: true });
    vi.stubGlobal("WebSocket", later.WebSocket);
    await transport.connect();
    expect(later.sockets).toHaveLength(1);
    expect(network.sockets).toHaveLength(0);
    await transport.disconnect();
  });

  it("joins the attempt under way", async () => {
    const { transport } = create();
    const first = transport.connect();
    expect(transport.connect()).toBe(first);
    network.latest.accept();
    await first;
    expect(network.sockets).toHaveLength(1);
    await disconnect(transport);
  });

  it("resolves at once when connected", async () => {
    const { transport, signs } = await createConnected();
    await transport.connect();
    expect(network.sockets).toHaveLength(1);
    expect(signs).toEqual([]);
    await disconnect(transport);
  });

  it("rejects when the connection fails, saying what was tried and what to check", async () => {
    const { transport, signs } = create();
    const connected = transport.connect();
    network.latest.fail();
    await expect(connected).rejects.toThrow(
      /^WebSocket closed wss:\/\/sip\.example\.com\/ws \(code: 1006\)\. .*URL.*certificate.*sub-protocol/
    );
    expect(signs).toEqual([Connecting, Disconnected]);
    expect(transport.ws).toBeUndefined();
  });

  it("can be called again after a failure", async () => {
    const { transport } = create();
    const failed = transport.connect();
    network.latest.fail();
    await expect(failed).rejects.toThrow();
    const connected = transport.connect();
    network.latest.accept();
    await connected;
    expect(transport.state).toBe(Connected);
    await disconnect(transport);
  });

  it("rejects with the exception of the WebSocket constructor", async () => {
    const { transport, signs } = create();
    network.constructorError = new DOMException("Mixed content.", "SecurityError");
    await expect(transport.connect()).rejects.toBe(network.constructorError);
    expect(signs).toEqual([Connecting, Disconnected]);
  });

  it("rejects where there is no WebSocket", async () => {
    const { transport } = create();
    vi.stubGlobal("WebSocket", undefined);
    await expect(transport.connect()).rejects.toBeInstanceOf(Error);
    expect(transport.state).toBe(Disconnected);
  });

  it.each([
    ["", 'agreed to "" instead of "sip"'],
    ["mqtt", 'agreed to "mqtt" instead of "sip"']
  ])('rejects a server that agrees to "%s" as sub-protocol', async (protocol, message) => {
    const { transport, signs } = create();
    const connected = transport.connect();
    const socket = network.latest;
    socket.accept(protocol);
    await expect(connected).rejects.toThrow(message);
    await expect(connected).rejects.toThrow(SERVER);
    expect(socket.closeCall).toEqual({ code: 1000 });
    expect(signs).toEqual([Connecting, Disconnected]);
    socket.end();
    expect(signs).toHaveLength(2);
  });

  it.each([
    [undefined, 5],
    [2, 2]
  ])("gives up after connectionTimeout (%s)", async (connectionTimeout, seconds) => {
    const { transport, signs } = create({ connectionTimeout });
    const connected = transport.connect();
    vi.advanceTimersByTime(seconds * 1000 - 1);
    expect(network.latest.closeCall).toBeUndefined();
    vi.advanceTimersByTime(1);
    expect(network.latest.closeCall).toEqual({ code: 1000 });
    network.latest.fail();
    await expect(connected).rejects.toThrow("WebSocket closed");
    expect(log.join()).toContain(`Not connected after ${seconds} seconds`);
    expect(signs).toEqual([Connecting, Disconnected]);
  });

  it("does not time out once connected", async () => {
    const { transport, socket } = await createConnected();
    vi.advanceTimersByTime(60_000);
    expect(socket.closeCall).toBeUndefined();
    await disconnect(transport);
  });

  it("aborts a disconnect under way and does without the old WebSocket", async () => {
    const { transport, signs, socket: old } = await createConnected();
    const disconnected = transport.disconnect();
    const connected = transport.connect();
    expect(transport.state).toBe(Connecting);
    await expect(disconnected).rejects.toThrow("Disconnect aborted.");
    old.receive("stale");
    old.end();
    expect(transport.state).toBe(Connecting);
    network.latest.accept();
    await connected;
    expect(signs).toEqual([Disconnecting, "onDisconnect()", Connecting, Connected, "onConnect"]);
    expect(network.sockets).toHaveLength(2);
    await disconnect(transport);
  });
});

describe("disconnect", () => {
  it("closes the WebSocket and tells of each step in order", async () => {
    const { transport, signs, socket } = await createConnected();
    const disconnected = transport.disconnect().then(() => signs.push("resolved"));
    expect(transport.state).toBe(Disconnecting);
    expect(socket.closeCall).toEqual({ code: 1000 });
    expect(transport.ws).toBe(socket);
    socket.end();
    await disconnected;
    expect(signs).toEqual([Disconnecting, "onDisconnect()", Disconnected, "resolved"]);
    expect(transport.ws).toBeUndefined();
  });

  it("joins the disconnect under way", async () => {
    const { transport, socket } = await createConnected();
    const first = transport.disconnect();
    expect(transport.disconnect()).toBe(first);
    socket.end();
    await first;
  });

  it("resolves at once when disconnected", async () => {
    const { transport, signs } = create();
    await transport.disconnect();
    expect(signs).toEqual([]);
  });

  it("aborts a connect under way, even if the WebSocket still opens", async () => {
    const { transport, signs } = create();
    const connected = transport.connect();
    const disconnected = transport.disconnect();
    expect(transport.state).toBe(Disconnecting);
    await expect(connected).rejects.toThrow("Connect aborted.");
    network.latest.accept();
    network.latest.end();
    await disconnected;
    expect(signs).toEqual([Connecting, Disconnecting, Disconnected]);
  });

  it("gives up a WebSocket that refuses to close", async () => {
    const { transport, signs, socket } = await createConnected();
    socket.closeError = new Error("refused");
    await transport.disconnect();
    expect(signs).toEqual([Disconnecting, "onDisconnect()", Disconnected]);
    expect(log).toContain("Error: refused");
  });

  it("is what dispose does", async () => {
    const { transport, socket } = await createConnected();
    const disposed = transport.dispose();
    socket.end();
    await disposed;
    expect(transport.state).toBe(Disconnected);
  });
});

describe("a lost connection", () => {
  it("is told with an error that has the close code and the reason", async () => {
    const { transport, signs, socket } = await createConnected();
    socket.end(4001, "kicked");
    expect(signs).toEqual([
      Disconnected,
      `onDisconnect(WebSocket closed ${SERVER} (code: 4001): kicked)`
    ]);
    expect(transport.ws).toBeUndefined();
  });

  it("may be answered by connect from a promise", async () => {
    const { transport, socket } = await createConnected();
    const again = new Promise<void>((resolve, reject) => {
      transport.onDisconnect = () => {
        void Promise.resolve()
          .then(() => transport.connect())
          .then(resolve, reject);
      };
    });
    socket.fail();
    await Promise.resolve();
    network.latest.accept();
    await again;
    expect(transport.state).toBe(Connected);
    transport.onDisconnect = undefined;
    await disconnect(transport);
  });
});

describe("a loop", () => {
  it.each(["connect", "disconnect"] as const)("is refused: %s in a callback", async (method) => {
    const { transport } = create();
    const loops: Array<Promise<void>> = [];
    transport.stateChange.addListener(() => loops.push(transport[method]()));
    transport.onConnect = () => loops.push(transport[method]());
    transport.onDisconnect = () => loops.push(transport[method]());
    const connected = transport.connect();
    network.latest.accept();
    await connected;
    network.latest.fail();
    // Connecting, Connected, onConnect, Disconnected, onDisconnect
    expect(loops).toHaveLength(5);
    for (const loop of loops) {
      await expect(loop).rejects.toBeInstanceOf(StateTransitionError);
    }
    expect(transport.state).toBe(Disconnected);
  });
});

describe("a callback that throws", () => {
  it("leaves the transport usable and the promise settled", async () => {
    const { transport, signs } = create();
    transport.onConnect = () => {
      throw new Error("of onConnect");
    };
    const connected = transport.connect();
    expect(() => network.latest.accept()).toThrow("of onConnect");
    await connected;
    expect(log).toContain("Exception thrown by onConnect callback");
    await disconnect(transport);
    expect(signs.at(-1)).toBe(Disconnected);
  });

  it("does not keep connect from connecting", () => {
    const { transport, signs } = create();
    transport.stateChange.addListener(
      () => {
        throw new Error("of listener");
      },
      { once: true }
    );
    expect(() => transport.connect()).toThrow("of listener");
    network.latest.accept();
    expect(signs).toEqual([Connecting, Connected, "onConnect"]);
    network.latest.end();
  });

  it("does not keep disconnect from disconnecting", async () => {
    const { transport, signs, socket } = await createConnected();
    transport.onDisconnect = () => {
      throw new Error("of onDisconnect");
    };
    expect(() => transport.disconnect()).toThrow("of onDisconnect");
    socket.end();
    expect(signs).toEqual([Disconnecting, Disconnected]);
  });

  it("does not keep later messages from being received", async () => {
    const { transport, signs, socket } = await createConnected();
    const { onMessage } = transport;
    transport.onMessage = () => {
      throw new Error("of onMessage");
    };
    expect(() => socket.receive("first")).toThrow("of onMessage");
    transport.onMessage = onMessage;
    socket.receive("second");
    expect(signs).toEqual(["onMessage(second)"]);
    await disconnect(transport);
  });
});
