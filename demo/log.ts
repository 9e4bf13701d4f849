/** The event log: what the phone did, and the SIP messages, credentials hidden. */
import type { Transport } from "sipwasm";

export interface Entry {
  at: Date;
  /** "note" for a remark of the phone's own. */
  kind: "note" | "error" | "sent" | "received";
  /** One line. */
  summary: string;
  /** The whole message, if it is one. */
  text?: string;
}

const longest = 500;

export class Log {
  readonly entries: Entry[] = [];
  /** Called with every new entry. */
  onEntry: (entry: Entry) => void = () => {};

  note(summary: string): void {
    this.add({ at: new Date(), kind: "note", summary });
  }

  error(summary: string): void {
    this.add({ at: new Date(), kind: "error", summary });
  }

  /** Notes every message that goes through a transport from now on. */
  trace(transport: Transport): void {
    const send = transport.send.bind(transport);
    transport.send = (message: string) => {
      this.message("sent", message);
      return send(message);
    };
    const receive = transport.onMessage;
    transport.onMessage = (message: string) => {
      this.message("received", message);
      receive?.(message);
    };
  }

  private message(kind: "sent" | "received", message: string): void {
    if (message.trim() === "") return;
    this.add({ at: new Date(), kind, summary: summarize(message), text: hideCredentials(message) });
  }

  private add(entry: Entry): void {
    this.entries.push(entry);
    if (this.entries.length > longest) this.entries.shift();
    this.onEntry(entry);
  }
}

/** A message without the values from which a password could be guessed. */
export function hideCredentials(message: string): string {
  return message.replace(
    /^((?:Proxy-)?Authorization:\s*\w+).*(?:\r?\n[ \t].*)*/gim,
    (line: string, scheme: string) => {
      const user = /username="([^"]*)"/i.exec(line)?.[1];
      return `${scheme} ${user === undefined ? "" : `username="${user}", `}(hidden)`;
    }
  );
}

function summarize(message: string): string {
  const first = message.split("\r\n", 1)[0] ?? "";
  const method = /^CSeq:\s*\d+\s+(\w+)/im.exec(message)?.[1] ?? "";
  return first.startsWith("SIP/2.0 ")
    ? `${first.slice(8)} (${method})`
    : first.replace(/ SIP\/2\.0$/, "");
}
