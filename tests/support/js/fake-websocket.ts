/**
 * A network of WebSockets for tests: put `network.WebSocket` in the place of the global, for
 * example with `vi.stubGlobal("WebSocket", network.WebSocket)`.
 *
 * By default nothing happens by itself: the test plays the server with the methods of the socket.
 * With `auto` each socket opens, and closes when asked to, on its own in a later microtask.
 */
export class FakeNetwork {
  /** Every socket constructed, oldest first. */
  readonly sockets: FakeWebSocket[] = [];
  /** Called with whatever a socket sends. */
  onSend: ((socket: FakeWebSocket, data: string) => void) | undefined;
  /** If set, constructing a socket throws it. */
  constructorError: Error | undefined;
  /** The class to put in the place of the global `WebSocket`. */
  readonly WebSocket: typeof FakeWebSocket;

  constructor(readonly options: { auto?: boolean } = {}) {
    // eslint-disable-next-line @typescript-eslint/no-this-alias
    const network = this;
    this.WebSocket = class extends FakeWebSocket {
      constructor(url: string, protocols?: string | string[]) {
        super(url, protocols, network);
      }
    };
  }

  /** The socket constructed last. */
  get latest(): FakeWebSocket {
    const socket = this.sockets.at(-1);
    if (!socket) {
      throw new Error("No WebSocket has been constructed.");
    }
    return socket;
  }
}

type Listener = (event: Event) => void;

/** One end of a connection: the page has it, and the test plays the server through it. */
export class FakeWebSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;

  readonly url: string;
  readonly requestedProtocols: string[];
  readyState: number = FakeWebSocket.CONNECTING;
  protocol = "";
  binaryType: "blob" | "arraybuffer" = "blob";
  /** What the page has sent, oldest first. */
  readonly sent: string[] = [];
  /** What the page gave to `close()`, if it called it. */
  closeCall: { code?: number; reason?: string } | undefined;
  /** If set, `send()` throws it. */
  sendError: Error | undefined;
  /** If set, `close()` throws it. */
  closeError: Error | undefined;

  onopen: Listener | null = null;
  onclose: Listener | null = null;
  onerror: Listener | null = null;
  onmessage: Listener | null = null;

  private readonly listeners = new Map<string, Set<Listener>>();

  constructor(
    url: string,
    protocols: string | string[] | undefined,
    private readonly network: FakeNetwork
  ) {
    if (network.constructorError) {
      throw network.constructorError;
    }
    this.url = url;
    this.requestedProtocols = protocols === undefined ? [] : [protocols].flat();
    network.sockets.push(this);
    if (network.options.auto) {
      queueMicrotask(() => this.accept());
    }
  }

  send(data: string): void {
    if (this.sendError) {
      throw this.sendError;
    }
    if (this.readyState === FakeWebSocket.CONNECTING) {
      throw new DOMException("Still in CONNECTING state.", "InvalidStateError");
    }
    if (this.readyState === FakeWebSocket.OPEN) {
      this.sent.push(data);
      this.network.onSend?.(this, data);
    }
  }

  close(code?: number, reason?: string): void {
    if (this.closeError) {
      throw this.closeError;
    }
    if (this.readyState >= FakeWebSocket.CLOSING) {
      return;
    }
    this.closeCall = { code, reason };
    this.readyState = FakeWebSocket.CLOSING;
    if (this.network.options.auto) {
      queueMicrotask(() => this.end(code ?? 1005));
    }
  }

  /** The server completes the handshake, agreeing to the first sub-protocol unless told another. */
  accept(protocol: string = this.requestedProtocols[0] ?? ""): void {
    if (this.readyState !== FakeWebSocket.CONNECTING) {
      return;
    }
    this.readyState = FakeWebSocket.OPEN;
    this.protocol = protocol;
    this.fire(new Event("open"), this.onopen);
  }

  /** The server sends a frame. */
  receive(data: unknown): void {
    this.fire(new MessageEvent("message", { data }), this.onmessage);
  }

  /** The connection fails, or breaks: an error, then close code 1006. */
  fail(): void {
    this.fire(new Event("error"), this.onerror);
    this.end(1006);
  }

  /** The connection is closed, by the server or as the answer to `close()`. */
  end(code = 1000, reason = ""): void {
    if (this.readyState === FakeWebSocket.CLOSED) {
      return;
    }
    this.readyState = FakeWebSocket.CLOSED;
    const event = Object.assign(new Event("close"), { code, reason, wasClean: code !== 1006 });
    this.fire(event, this.onclose);
  }

  addEventListener(type: string, listener: Listener): void {
    this.listenersOf(type).add(listener);
  }

  removeEventListener(type: string, listener: Listener): void {
    this.listenersOf(type).delete(listener);
  }

  private listenersOf(type: string): Set<Listener> {
    const listeners = this.listeners.get(type) ?? new Set();
    this.listeners.set(type, listeners);
    return listeners;
  }

  /** Unlike a real one, hands the first exception of a listener to the test. */
  private fire(event: Event, handler: Listener | null): void {
    const errors: unknown[] = [];
    for (const listener of [...this.listenersOf(event.type), ...(handler ? [handler] : [])]) {
      try {
        listener(event);
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) {
      throw errors[0];
    }
  }
}
