import { EmitterImpl } from "../../../../js/api/emitter.js";
import type { Transport } from "../../../../js/api/transport.js";
import { TransportState } from "../../../../js/api/transport-state.js";
import type { Logger } from "../../../../js/core/log/logger.js";

export interface FakeTransportOptions {
  /** Called with each message that is sent. */
  onSend?: (message: string, transport: FakeTransport) => void;
}

/** A transport that connects at once and keeps what it sends. */
export class FakeTransport implements Transport {
  readonly protocol = "WSS";
  readonly sent: string[] = [];
  readonly stateChange = new EmitterImpl<TransportState>();
  state: TransportState = TransportState.Disconnected;
  onConnect: (() => void) | undefined = undefined;
  onDisconnect: ((error?: Error) => void) | undefined = undefined;
  onMessage: ((message: string) => void) | undefined = undefined;

  constructor(
    readonly logger: Logger,
    readonly options: FakeTransportOptions = {}
  ) {}

  /** The message that was sent last. */
  get last(): string {
    return this.sent[this.sent.length - 1] ?? "";
  }

  /** Those of the messages sent that begin with a text. */
  sentWith(start: string): string[] {
    return this.sent.filter((message) => message.startsWith(start));
  }

  async connect(): Promise<void> {
    this.become(TransportState.Connecting);
    this.become(TransportState.Connected);
  }

  async disconnect(): Promise<void> {
    this.become(TransportState.Disconnecting);
    this.become(TransportState.Disconnected);
  }

  async dispose(): Promise<void> {
    return this.disconnect();
  }

  isConnected(): boolean {
    return this.state === TransportState.Connected;
  }

  send(message: string): Promise<void> {
    if (!this.isConnected()) {
      return Promise.reject(new Error("Not connected."));
    }
    this.sent.push(message);
    this.options.onSend?.(message, this);
    return Promise.resolve();
  }

  /** The connection is lost. */
  lose(): void {
    this.become(TransportState.Disconnected, new Error("Lost."));
  }

  /** A message comes in. */
  receive(message: string): void {
    this.onMessage?.(message);
  }

  private become(state: TransportState, error?: Error): void {
    const before = this.state;
    if (state === before) {
      return;
    }
    this.state = state;
    this.stateChange.emit(state);
    if (state === TransportState.Connected) {
      this.onConnect?.();
    } else if (before === TransportState.Connected) {
      this.onDisconnect?.(error);
    }
  }
}
