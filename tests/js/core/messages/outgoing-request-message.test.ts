import { describe, expect, it } from "vitest";
import { OutgoingRequestMessage } from "../../../../js/core/messages/outgoing-request-message.js";
import { address, startAgent } from "../../api/support/user-agents.js";
import { bodyOf, header, headers, startLine } from "../../api/support/message-text.js";

function make(extraHeaders?: string[]): OutgoingRequestMessage {
  return new OutgoingRequestMessage(
    "INFO",
    address("target"),
    address("from"),
    address("to"),
    { viaHost: "me.invalid", routeSet: ["<sip:proxy;lr>"], fromDisplayName: 'Al "x"' },
    extraHeaders,
    { contentDisposition: "render", contentType: "text/plain", content: "hi" }
  );
}

describe("OutgoingRequestMessage", () => {
  it("prints itself without having been sent", () => {
    const text = make(["X-A: 1"]).toString();
    expect(startLine(text)).toBe("INFO sip:target@example.com SIP/2.0");
    expect(header(text, "Via")).toMatch(/^SIP\/2\.0\/WSS me\.invalid;branch=z9hG4bK/);
    expect(header(text, "Route")).toBe("<sip:proxy;lr>");
    expect(header(text, "From")).toMatch(/^"Al \\"x\\"" <sip:from@example\.com>;tag=\w{10}$/);
    expect(header(text, "To")).toBe("<sip:to@example.com>");
    expect(header(text, "X-A")).toBe("1");
    expect(header(text, "Supported")).toBe("outbound");
    expect(header(text, "User-Agent")).toBe("sip.js");
    expect(bodyOf(text)).toBe("hi");
  });

  it("is read and changed by header field", () => {
    const message = make(["X-A: 1", "x-a: 2:3"]);
    message.setHeader("x-b", ["1", "2"]);
    message.extraHeaders.push("X-C: c");
    expect(message.getHeaders("X-a")).toEqual(["1", "2:3"]);
    expect(message.getHeader("x-c")).toBe("c");
    expect(message.hasHeader("X-B")).toBe(true);
    expect(message.hasHeader("X-None")).toBe(false);
    expect(message.getHeader("to")).toBe("<sip:to@example.com>");
    expect(headers(message.toString(), "X-B")).toEqual(["1", "2"]);
  });

  it("has the application's field in the place of its own where there can be one", () => {
    for (const name of ["User-Agent", "Supported", "Max-Forwards"]) {
      const set = make();
      set.setHeader(name, "1");
      expect(headers(set.toString(), name)).toEqual(["1"]);
      expect(headers(make([`${name}: 1`]).toString(), name)).toEqual(["1"]);
      const removed = make();
      delete removed.headers[name];
      expect(headers(removed.toString(), name)).toEqual(headers(make().toString(), name));
    }
    expect(header(make().toString(), "Max-Forwards")).toBe("70");
  });

  it("is what was sent, byte for byte, once it was sent", async () => {
    const { userAgent, transport } = await startAgent("alice");
    const message = userAgent.userAgentCore.makeOutgoingRequestMessage(
      "INFO",
      address("bob"),
      address("alice"),
      address("bob"),
      {},
      ["X-A: 1"]
    );
    const before = message.toString();
    expect(message.branch).toBeUndefined();
    userAgent.userAgentCore.request(message);
    expect(message.toString()).toBe(transport.last);
    const withoutBranch = (text: string): string => text.replace(/branch=\w+/, "");
    expect(withoutBranch(message.toString())).toBe(withoutBranch(before));
    expect(message.getHeader("Via")).toBe(header(transport.last, "Via"));
    expect(message.branch).toMatch(/^z9hG4bK/);
    await userAgent.stop();
  });

  it("is what was sent, whatever becomes of its body", async () => {
    const { userAgent, transport } = await startAgent("alice");
    const message = make();
    userAgent.userAgentCore.request(message);
    expect(bodyOf(transport.last)).toBe("hi");
    message.body = { body: "later", contentType: "text/html" };
    expect(message.toString()).toBe(transport.last);
    await userAgent.stop();
  });
});
