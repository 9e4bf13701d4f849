import { describe, expect, it, vi } from "vitest";
import { create, createConnected, disconnect, log, network } from "./support/transport-stage.js";

describe("send", () => {
  it("hands the message to the WebSocket", async () => {
    const { transport, socket } = await createConnected();
    await transport.send("OPTIONS");
    expect(socket.sent).toEqual(["OPTIONS"]);
    await disconnect(transport);
  });

  it("rejects in every state but connected", async () => {
    const { transport } = create();
    await expect(transport.send("x")).rejects.toThrow("Not connected.");
    const connected = transport.connect();
    await expect(transport.send("x")).rejects.toThrow("Not connected.");
    network.latest.accept();
    await connected;
    const disconnected = transport.disconnect();
    await expect(transport.send("x")).rejects.toThrow("Not connected.");
    network.latest.end();
    await disconnected;
    expect(network.latest.sent).toEqual([]);
  });

  it("rejects when the WebSocket throws", async () => {
    const { transport, socket } = await createConnected();
    socket.sendError = new Error("full");
    await expect(transport.send("x")).rejects.toBe(socket.sendError);
    await disconnect(transport);
  });

  it("rejects when the server is closing the WebSocket, which would drop the message", async () => {
    const { transport, socket } = await createConnected();
    socket.readyState = network.WebSocket.CLOSING;
    await expect(transport.send("x")).rejects.toThrow("Not connected.");
    socket.end();
  });
});

describe("a message", () => {
  const bytes = new TextEncoder().encode("MESSAGE é");

  it.each([
    ["text", "MESSAGE é"],
    ["an ArrayBuffer", bytes.buffer],
    ["a view", bytes]
  ])("is received as %s", async (_kind, data) => {
    const { transport, signs, socket } = await createConnected();
    expect(socket.binaryType).toBe("arraybuffer");
    socket.receive(data);
    expect(signs).toEqual(["onMessage(MESSAGE é)"]);
    await disconnect(transport);
  });

  it("is received as a Blob", async () => {
    const { transport, socket } = await createConnected();
    const received = new Promise((resolve) => {
      transport.onMessage = resolve;
    });
    socket.receive(new Blob([bytes]));
    expect(await received).toBe("MESSAGE é");
    await disconnect(transport);
  });

  it("is discarded if empty, or if it comes when not connected", async () => {
    const { transport, signs, socket } = await createConnected();
    socket.receive("");
    socket.receive(new ArrayBuffer(0));
    const disconnected = transport.disconnect();
    socket.receive("late");
    socket.end();
    await disconnected;
    expect(signs.join()).not.toContain("onMessage");
  });

  it("is logged unless traceSip is false", async () => {
    for (const traceSip of [true, false]) {
      const { transport, socket } = await createConnected({ traceSip });
      await transport.send("sent out");
      socket.receive("came in");
      expect(log.join().includes("sent out")).toBe(traceSip);
      expect(log.join().includes("came in")).toBe(traceSip);
      await disconnect(transport);
    }
  });
});

describe("What is logged of what is sent", () => {
  it.each([
    ["has no digest of the password, and everything else", {}, "NOT SHOWN"],
    ["has it if traceCredentials asks for it", { traceCredentials: true }, "5ccc069c403ebaf9"]
  ])("%s", async (_what, options, shown) => {
    const { transport, socket } = await createConnected({ traceSip: true, ...options });
    const message =
      'REGISTER sip:a SIP/2.0\r\nAuthorization: Digest nonce="n", response="5ccc069c403ebaf9"\r\n';
    await transport.send(message);
    expect(socket.sent).toEqual([message]);
    expect(log.join()).toContain(message.replace("5ccc069c403ebaf9", shown));
    await disconnect(transport);
  });
});

describe("keep-alive", () => {
  const PING = "\r\n\r\n";

  it("is off by default", async () => {
    const { transport, socket } = await createConnected();
    vi.advanceTimersByTime(3_600_000);
    expect(socket.sent).toEqual([]);
    await disconnect(transport);
  });

  it("pings at 80 to 100 % of the interval as long as pongs come", async () => {
    const { transport, signs, socket } = await createConnected({ keepAliveInterval: 20 });
    for (let count = 1; count <= 5; count++) {
      vi.advanceTimersToNextTimer();
      expect(socket.sent).toEqual(Array(count).fill(PING));
      socket.receive("\r\n");
    }
    expect(signs).toEqual([]);
    const elapsed = performance.now();
    expect(elapsed).toBeGreaterThanOrEqual(80_000);
    expect(elapsed).toBeLessThanOrEqual(100_000);
    await disconnect(transport);
  });

  it("holds back further pings for keepAliveDebounce seconds without a pong", async () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    const options = { keepAliveInterval: 4, keepAliveDebounce: 10 };
    const { transport, socket } = await createConnected(options);
    vi.advanceTimersByTime(12_000);
    expect(socket.sent).toEqual([PING]);
    vi.advanceTimersByTime(4_000);
    expect(socket.sent).toEqual([PING, PING]);
    await disconnect(transport);
  });

  it("stops on disconnect and starts again on connect", async () => {
    const { transport, socket } = await createConnected({ keepAliveInterval: 20 });
    socket.fail();
    expect(vi.getTimerCount()).toBe(0);
    const connected = transport.connect();
    network.latest.accept();
    await connected;
    vi.advanceTimersByTime(20_000);
    expect(network.latest.sent).toEqual([PING]);
    await disconnect(transport);
  });

  it("survives a WebSocket that cannot send", async () => {
    const { transport, socket } = await createConnected({ keepAliveInterval: 1 });
    socket.sendError = new Error("full");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(log.join()).toContain("full");
    await disconnect(transport);
  });
});
