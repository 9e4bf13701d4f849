import type { BrowserContext, Page } from "@playwright/test";
import type { Phone as PagePhone } from "../../e2e/page/phone.js";

/** What a class offers when it lives in another process. */
type Remote<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => infer R
    ? (...args: A) => Promise<Awaited<R>>
    : never;
};

/** The phone of a page: every method of the page's phone, and the page itself. */
export interface Phone extends Remote<Omit<PagePhone, "log">> {
  /** The page it lives in. */
  readonly page: Page;
  /** The context of its own that the page lives in. */
  readonly context: BrowserContext;
  /** Its user's name. */
  readonly user: string;
  /** What went over its WebSockets, oldest first: ">>>" out, "<<<" in. */
  readonly wire: string[];
}

/** Makes the face of the phone that `page` has opened. */
export function phoneOf(page: Page, user: string, wire: string[]): Phone {
  const own = { page, context: page.context(), user, wire };
  return new Proxy(own, {
    get(target, name) {
      if (typeof name === "symbol" || name === "then") return undefined;
      if (name in target) return target[name as keyof typeof target];
      return (...args: unknown[]) => page.evaluate(invoke, { name, args });
    }
  }) as unknown as Phone;
}

/** Writes down what goes over the WebSockets of `page` from now on. */
export function tap(page: Page): string[] {
  const wire: string[] = [];
  const text = (payload: string | Buffer): string => payload.toString();
  page.on("websocket", (socket) => {
    wire.push(`--- open ${socket.url()}`);
    socket.on("framesent", ({ payload }) => wire.push(`>>> ${text(payload)}`));
    socket.on("framereceived", ({ payload }) => wire.push(`<<< ${text(payload)}`));
    socket.on("socketerror", (error) => wire.push(`--- error ${error}`));
    socket.on("close", () => wire.push("--- close"));
  });
  return wire;
}

function invoke({ name, args }: { name: string; args: unknown[] }): unknown {
  const phone = window.phone as unknown as Record<string, (...args: unknown[]) => unknown>;
  return phone[name]?.(...args);
}
