/** What a trace of the library tells, as the steps of a ladder diagram. */

/** Between whom: the application, the SIP core, the server. */
export type Column = 0 | 1 | 2;

export interface Step {
  /** Milliseconds since the epoch. */
  at: number;
  from: Column;
  to: Column;
  /** Short, to stand above the arrow. */
  label: string;
  /** All of it. */
  detail: string;
  kind: "order" | "told" | "sent" | "received" | "bad";
}

interface Fields {
  type: string;
  [name: string]: unknown;
}

/** A line of `UserAgent.trace()`. */
interface Line {
  at?: number;
  perform?: Fields;
  error?: number;
  reply?: { text: string };
  receive?: string;
  event?: Fields;
}

/** Orders and events that say nothing of a call. */
const dull = new Set(
  "createCore configureCore setConnected formatRequest createRegistration dialogChanged terminated".split(
    " "
  )
);

/** Reads the JSON lines of a trace. */
export function readTrace(trace: string): Step[] {
  let at = 0;
  return trace
    .split("\n")
    .filter(Boolean)
    .flatMap((text) => {
      const line = JSON.parse(text) as Line;
      at = line.at ?? at;
      const step = readLine(line);
      return step ? [{ ...step, at }] : [];
    });
}

function readLine(line: Line): Omit<Step, "at"> | undefined {
  if (line.receive !== undefined) return message(line.receive, 2, 1);
  const { perform, event, error } = line;
  if (event?.type === "transmit") return message(String(event["text"]), 1, 2);
  if (perform && (error || !dull.has(perform.type))) {
    const detail = error ? `refused: ${line.reply?.text}` : list(perform);
    return { from: 0, to: 1, label: words(perform), detail, kind: error ? "bad" : "order" };
  }
  if (event && !dull.has(event.type)) {
    const isBad = event.type === "discarded" || event.type === "log";
    const kind = isBad ? "bad" : "told";
    return { from: 1, to: 0, label: words(event), detail: list(event), kind };
  }
  return undefined;
}

function message(text: string, from: Column, to: Column): Omit<Step, "at"> | undefined {
  const first = text.split("\r\n", 1)[0] ?? "";
  if (first === "") return undefined;
  const [, status, reason] = /^SIP\/2\.0 (\d+) ?(.*)/.exec(first) ?? [];
  const method = /^CSeq:\s*\d+\s+(\w+)/im.exec(text)?.[1] ?? "";
  const label = status ? `${status} ${reason} (${method})` : (first.split(" ")[0] ?? "");
  const isBad = Number(status) >= 400 && !["401", "407"].includes(status ?? "");
  return { from, to, label, detail: text, kind: isBad ? "bad" : from === 1 ? "sent" : "received" };
}

/** "respond 180", "responseReceived 200 INVITE". */
function words({ type, method, status, message, text, reason }: Fields): string {
  const told = message as { status: number; method: string } | null | undefined;
  const parts = [type, method, status, told?.status, told?.method];
  if (type === "log" || type === "discarded") parts.push((text ?? reason) as string);
  return parts.filter(Boolean).join(" ");
}

function list(fields: Fields): string {
  return Object.entries(fields)
    .filter(([, value]) => value && String(value))
    .map(([name, value]) => `${name}: ${typeof value === "object" ? JSON.stringify(value) : value}`)
    .join("\n");
}
