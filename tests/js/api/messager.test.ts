import { describe, expect, it } from "vitest";
import { Messager, UserAgent } from "../../../js/index.js";
import type { Message } from "../../../js/index.js";
import { bodyOf, header, startLine } from "./support/message-text.js";
import { address, Network, settle, startAgent } from "./support/user-agents.js";

describe("Messager", () => {
  it("sends a MESSAGE", async () => {
    const { userAgent, transport } = await startAgent("alice", { displayName: "Alice" });
    const messager = new Messager(userAgent, address("bob"), "h\u00e9llo", undefined, {
      extraHeaders: ["X-A: 1"],
      params: { fromTag: "ft", toDisplayName: "Bob", toUri: "sip:to@example.com" }
    });
    await messager.message({ requestOptions: { extraHeaders: ["X-B: 2"] } });
    const sent = transport.last;
    expect(startLine(sent)).toBe("MESSAGE sip:bob@example.com SIP/2.0");
    expect(header(sent, "From")).toBe('"Alice" <sip:alice@example.com>;tag=ft');
    expect(header(sent, "To")).toBe('"Bob" <sip:to@example.com>');
    expect(header(sent, "Content-Type")).toBe("text/plain");
    expect([header(sent, "X-A"), header(sent, "X-B")]).toEqual(["1", "2"]);
    expect([header(sent, "Content-Length"), bodyOf(sent)]).toEqual(["6", "h\u00e9llo"]);
    userAgent.userAgentCore.reset();
  });

  it("has it delivered and answered", async () => {
    const network = new Network();
    const alice = await network.add("alice");
    const received: string[] = [];
    const delegate = {
      onMessage: (message: Message) => {
        received.push(message.request.body);
        void (received.length === 1 ? message.accept() : message.reject({ statusCode: 603 }));
      }
    };
    await network.add("bob", { delegate });
    const outcome: unknown[] = [];
    for (const text of ["one", "two"]) {
      await new Messager(alice.userAgent, address("bob"), text).message({
        requestDelegate: {
          onAccept: ({ message }) => void outcome.push(message.statusCode),
          onReject: ({ message }) => void outcome.push(message.statusCode)
        }
      });
      await settle();
    }
    expect(received).toEqual(["one", "two"]);
    expect(outcome).toEqual([200, 603]);
  });

  it("needs a target and addresses that are some", async () => {
    const { userAgent } = await startAgent("alice");
    const nobody = UserAgent.makeURI("nonsense")!;
    expect(() => new Messager(userAgent, nobody, "x")).toThrow(TypeError);
    const params = { fromUri: "nonsense" };
    expect(() => new Messager(userAgent, address("bob"), "x", "text/plain", { params })).toThrow(
      "Invalid from URI: nonsense"
    );
  });
});
