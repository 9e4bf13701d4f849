// Responses without a server, and messages that the core has not read.
import { describe, expect, it } from "vitest";
import { body, playOurs, script } from "../support/core-stage.js";

describe("A response by hand is as SIP.js's", () => {
  for (const options of [
    { statusCode: 100 },
    { statusCode: 200 },
    { statusCode: 404, toTag: "mine" },
    { statusCode: 480, reasonPhrase: "Away", extraHeaders: ["X-B: 2", "X-A: 1"] },
    { statusCode: 488, body: body("hällo"), userAgent: "me", supported: ["a", "b"] },
    { statusCode: 99 },
    { statusCode: 700 }
  ]) {
    script(JSON.stringify(options), (stage) => {
      const message = stage.incoming("MESSAGE", ["Record-Route: <sip:p;lr>"]);
      stage.step(() => {
        const text = stage.core.constructOutgoingResponse(message, options).message;
        const [head, content] = text.split("\r\n\r\n");
        return [...head.split("\r\n").sort(), content].map((line) =>
          line.replace(/tag=(?!bob|mine)\w+/, "tag=R")
        );
      });
    });
  }

  script("sent without a server", (stage) => {
    const response = stage.userAgentCore.replyStateless(stage.incoming("MESSAGE"), {
      statusCode: 503,
      extraHeaders: ["X-A: 1"]
    });
    stage.step(() => response.message === stage.sent.at(-1));
    stage.step(() => /^Supported: outbound\r$/m.test(response.message));
    stage.step(() => stage.userAgentCore.userAgentServers.size);
    stage.step(
      () => void stage.userAgentCore.replyStateless(stage.incoming("MESSAGE"), { statusCode: 42 })
    );
  });

  script("though the transport fails", async (stage) => {
    stage.breakTransport();
    stage.userAgentCore.replyStateless(stage.incoming("MESSAGE"), { statusCode: 503 });
    await new Promise((resolve) => setTimeout(resolve));
  });
});

describe("A message that is put together by hand", () => {
  it("is received as one that was read", async () => {
    const lines = await playOurs((stage) => {
      const message = new stage.core.IncomingRequestMessage();
      message.method = "MESSAGE";
      message.ruri = stage.uri("alice");
      message.headers = {};
      for (const [name, value] of [
        ["Via", "SIP/2.0/WSS peer.invalid;branch=z9hG4bKin"],
        ["From", "<sip:bob@example.com>;tag=bob"],
        ["To", "<sip:alice@example.com>"],
        ["Call-ID", "call"],
        ["CSeq", "1 MESSAGE"],
        ["X-A", "1"]
      ]) {
        message.addHeader(name, value);
      }
      stage.userAgentCore.delegate.onMessage = (request) => {
        stage.say(`onMessage ${request.message.getHeader("X-A")}`);
        request.accept();
      };
      stage.userAgentCore.receiveIncomingRequestFromTransport(message);
      expect(message.viaBranch).toBeUndefined();
    });
    expect(lines).toEqual(["onMessage 1", expect.stringMatching(/^send SIP\/2.0 200/)]);
  });

  it("is the very message that the delegate is given, if it was read before", async () => {
    await playOurs((stage) => {
      const message = stage.incoming("MESSAGE");
      let given: unknown;
      stage.userAgentCore.delegate.onMessage = (request) => {
        given = request.message;
        request.accept();
      };
      stage.userAgentCore.receiveIncomingRequestFromTransport(message);
      expect(given).toBe(message);
    });
  });
});
