import { request, type IncomingMessage } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { startServer, type RunningServer, type SipOptions } from "../../../tools/server/server.js";
import { header, headers, SipClient, startLine } from "./sip-client.js";

const realm = "phone.test";
const passwords: Record<string, string> = {
  alice: "wonderland",
  bob: "builder",
  carol: "christmas"
};

let server: RunningServer;
let problems: string[];
let clients: SipClient[];

beforeEach(async () => {
  problems = [];
  clients = [];
  await start();
});

afterEach(async () => {
  await server.close();
  expect(problems).toEqual([]);
});

async function start(sip: SipOptions = {}): Promise<void> {
  await server?.close();
  server = await startServer({ sip, onProblem: (problem) => problems.push(problem) });
}

async function connect(user: string): Promise<SipClient> {
  const client = await SipClient.connect(server.port, user);
  clients.push(client);
  return client;
}

async function registered(user: string, fields: Record<string, string> = {}): Promise<SipClient> {
  const client = await connect(user);
  expect(await client.register(passwords[user]!, fields)).toContain("SIP/2.0 200");
  return client;
}

async function invite(from: SipClient, to: string): Promise<string> {
  const digest = { password: passwords[from.user]! };
  return from.authenticated("INVITE", `sip:${to}@${realm}`, digest, { "Call-ID": `call-${to}` });
}

/** A request inside the call that `answer`, as its caller got it, established. */
function inDialog(method: string, from: SipClient, answer: string, fields = {}): string {
  const target = /<([^>]+)>/.exec(header(answer, "Contact"))![1]!;
  const route = headers(answer, "Record-Route").reverse().join(", ");
  const [To, CallId] = [header(answer, "To"), header(answer, "Call-ID")];
  return from.request(method, target, { To, "Call-ID": CallId, Route: route, ...fields });
}

describe("registrar", () => {
  it.each(["MD5", "SHA-256"] as const)("accepts the right password by %s", async (algorithm) => {
    const alice = await connect("alice");
    await alice.authenticated("REGISTER", `sip:${realm}`, { password: "wonderland", algorithm });
    const ok = await alice.next("SIP/2.0 200");
    expect(header(ok, "Contact")).toBe(`<${alice.contact}>;expires=600`);
    expect(header(ok, "To")).toMatch(/;tag=/);
  });

  it("challenges a wrong password again", async () => {
    const alice = await connect("alice");
    const answer = await alice.register("not this");
    expect(startLine(answer)).toContain("401");
    expect(headers(answer, "WWW-Authenticate")).toHaveLength(2);
  });

  it("forbids registering for somebody else", async () => {
    const alice = await connect("alice");
    const answer = await alice.register("wonderland", { To: `<sip:bob@${realm}>` });
    expect(startLine(answer)).toContain("403");
  });

  it("renews, lists and removes a contact", async () => {
    const alice = await registered("alice", { Expires: "60" });
    const again = await alice.register("wonderland", { Expires: "120" });
    expect(headers(again, "Contact")).toEqual([`<${alice.contact}>;expires=120`]);
    const gone = await alice.register("wonderland", { Expires: "0" });
    expect(headers(gone, "Contact")).toEqual([]);
  });

  it("removes every contact at a star", async () => {
    const first = await registered("alice");
    await registered("alice");
    const gone = await first.register("wonderland", { Contact: "*", Expires: "0" });
    expect(startLine(gone)).toContain("200");
    expect(headers(gone, "Contact")).toEqual([]);
  });

  it("says 423 and how long at least when asked for too short a time", async () => {
    const alice = await connect("alice");
    const answer = await alice.register("wonderland", { Expires: "2" });
    expect(startLine(answer)).toContain("423");
    expect(header(answer, "Min-Expires")).toBe("10");
  });

  it("forgets a contact when its time is over", async () => {
    await start({ minExpires: 1 });
    const [alice, bob] = [await connect("alice"), await registered("bob", { Expires: "1" })];
    const deadline = Date.now() + 5_000;
    let status = "";
    while (!status.includes("480") && Date.now() < deadline) {
      await alice.authenticated("MESSAGE", `sip:bob@${realm}`, { password: "wonderland" });
      const heard = bob.next("MESSAGE").then((text) => bob.send(bob.response(text, 200)));
      heard.catch(() => {});
      status = startLine(await alice.next("SIP/2.0"));
    }
    expect(status).toContain("480");
  });

  it("drops a contact when its socket closes", async () => {
    const [alice, bob] = [await connect("alice"), await registered("bob")];
    await bob.close();
    await expect
      .poll(async () => {
        await invite(alice, "bob");
        return startLine(await alice.next("SIP/2.0"));
      })
      .toContain("480");
  });
});

describe("proxy", () => {
  // alice -> INVITE -> bob, 180, 200, ACK, BYE from bob
  it("relays a call from INVITE to BYE and stays in its path", async () => {
    const [alice, bob] = [await connect("alice"), await registered("bob")];
    await invite(alice, "bob");
    await alice.next("SIP/2.0 100");
    const offer = await bob.next("INVITE");
    expect(startLine(offer)).toBe(`INVITE ${bob.contact} SIP/2.0`);
    expect(headers(offer, "Via")).toHaveLength(2);
    expect(headers(offer, "Via")[1]).toContain(";received=127.0.0.1");
    expect(header(offer, "Max-Forwards")).toBe("69");
    expect(header(offer, "Record-Route")).toContain(";lr");
    expect(header(offer, "Proxy-Authorization")).toBe("");
    bob.send(bob.response(offer, 180));
    await alice.next("SIP/2.0 180");
    bob.send(bob.response(offer, 200));
    const answer = await alice.next("SIP/2.0 200");
    expect(headers(answer, "Via")).toHaveLength(1);
    alice.send(inDialog("ACK", alice, answer));
    const ack = await bob.next("ACK");
    expect(header(ack, "Route")).toBe("");
    const bye = bob.request("BYE", alice.contact, {
      From: header(answer, "To"),
      To: header(answer, "From"),
      "Call-ID": header(answer, "Call-ID"),
      Route: header(answer, "Record-Route")
    });
    bob.send(bye);
    alice.send(alice.response(await alice.next("BYE"), 200));
    await bob.next("SIP/2.0 200");
  });

  it.each(["MESSAGE", "REFER", "NOTIFY", "INFO", "OPTIONS", "SUBSCRIBE"])(
    "relays %s and its answer, body and unknown header included",
    async (method) => {
      const [alice, bob] = [await connect("alice"), await registered("bob")];
      const fields = { "X-Colour": "grün", "Content-Type": "text/plain" };
      const digest = { password: "wonderland" };
      await alice.authenticated(method, `sip:bob@${realm}`, digest, fields, "Grüße");
      const got = await bob.next(method);
      expect(header(got, "X-Colour")).toBe("grün");
      expect(got.endsWith("\r\n\r\nGrüße")).toBe(true);
      bob.send(bob.response(got, 202));
      await alice.next("SIP/2.0 202");
    }
  );

  // alice -> INVITE, 407, ACK; bob hears of none of them
  it("keeps the ACK for a refusal of its own to itself", async () => {
    const [alice, bob] = [await connect("alice"), await registered("bob")];
    const offer = alice.request("INVITE", `sip:bob@${realm}`);
    alice.send(offer);
    const to = header(await alice.next("SIP/2.0 407"), "To");
    const same = { To: to, Via: header(offer, "Via"), "Call-ID": header(offer, "Call-ID") };
    alice.send(alice.request("ACK", `sip:bob@${realm}`, { ...same, CSeq: "1 ACK" }));
    await alice.authenticated("MESSAGE", `sip:bob@${realm}`, { password: "wonderland" });
    await bob.next("MESSAGE");
    expect(bob.has("ACK")).toBe(false);
  });

  it("passes a CANCEL on, and its 487 back", async () => {
    const [alice, bob] = [await connect("alice"), await registered("bob")];
    const request = await invite(alice, "bob");
    const offer = await bob.next("INVITE");
    bob.send(bob.response(offer, 180));
    await alice.next("SIP/2.0 180");
    const cancel = request.replace(/^INVITE/, "CANCEL").replace(/(CSeq: \d+) INVITE/, "$1 CANCEL");
    alice.send(cancel);
    await alice.next("SIP/2.0 200");
    const cancelled = await bob.next("CANCEL");
    expect(header(cancelled, "Via")).toBe(header(offer, "Via"));
    bob.send(bob.response(cancelled, 200));
    bob.send(bob.response(offer, 487));
    await bob.next("ACK");
    await alice.next("SIP/2.0 487");
  });

  it("holds a CANCEL back until the callee has answered provisionally", async () => {
    const [alice, bob] = [await connect("alice"), await registered("bob")];
    const request = await invite(alice, "bob");
    const offer = await bob.next("INVITE");
    alice.send(request.replace(/^INVITE/, "CANCEL").replace(/(CSeq: \d+) INVITE/, "$1 CANCEL"));
    await alice.next("SIP/2.0 200");
    // Whatever bob got before the answer to his OPTIONS, got there before his 180.
    await bob.authenticated("OPTIONS", `sip:${realm}`, { password: "builder" });
    await bob.next("SIP/2.0 200");
    expect(bob.has("CANCEL")).toBe(false);
    bob.send(bob.response(offer, 180));
    await bob.next("CANCEL");
  });

  it("answers a CANCEL for nothing with 481", async () => {
    const alice = await connect("alice");
    alice.send(alice.request("CANCEL", `sip:bob@${realm}`));
    await alice.next("SIP/2.0 481");
  });

  // alice -> INVITE -> bob's two phones; the second answers, the first is cancelled
  it("rings all contacts at once, and cancels the others when one answers", async () => {
    const alice = await connect("alice");
    const [desk, cell] = [await registered("bob"), await registered("bob")];
    await invite(alice, "bob");
    const [atDesk, atCell] = [await desk.next("INVITE"), await cell.next("INVITE")];
    expect(header(atDesk, "Via")).not.toBe(header(atCell, "Via"));
    desk.send(desk.response(atDesk, 180));
    await alice.next("SIP/2.0 180");
    cell.send(cell.response(atCell, 200));
    await alice.next("SIP/2.0 200");
    desk.send(desk.response(await desk.next("CANCEL"), 200));
    desk.send(desk.response(atDesk, 487));
    await desk.next("ACK");
  });

  it("gives the caller the best of several refusals", async () => {
    const alice = await connect("alice");
    const [desk, cell] = [await registered("bob"), await registered("bob")];
    await invite(alice, "bob");
    desk.send(desk.response(await desk.next("INVITE"), 503));
    await desk.next("ACK");
    cell.send(cell.response(await cell.next("INVITE"), 486));
    await alice.next("SIP/2.0 486");
  });

  it("stops the other phones when one declines for all", async () => {
    const alice = await connect("alice");
    const [desk, cell] = [await registered("bob"), await registered("bob")];
    await invite(alice, "bob");
    const atDesk = await desk.next("INVITE");
    desk.send(desk.response(atDesk, 180));
    await alice.next("SIP/2.0 180");
    cell.send(cell.response(await cell.next("INVITE"), 603));
    await desk.next("CANCEL");
    desk.send(desk.response(atDesk, 487));
    await alice.next("SIP/2.0 603");
  });

  it("tells the caller when the phone that rang went away", async () => {
    const [alice, bob] = [await connect("alice"), await registered("bob")];
    await invite(alice, "bob");
    bob.send(bob.response(await bob.next("INVITE"), 180));
    await alice.next("SIP/2.0 180");
    await bob.close();
    await alice.next("SIP/2.0 480");
  });

  it("stops the ringing when the caller went away", async () => {
    const [alice, bob] = [await connect("alice"), await registered("bob")];
    await invite(alice, "bob");
    bob.send(bob.response(await bob.next("INVITE"), 180));
    await alice.next("SIP/2.0 180");
    await alice.close();
    await bob.next("CANCEL");
  });

  it("gives up on a callee who rings too long, and on one who says nothing", async () => {
    await start({ ringTimeout: 50, lingerTimeout: 50 });
    const [alice, bob] = [await connect("alice"), await registered("bob")];
    await invite(alice, "bob");
    bob.send(bob.response(await bob.next("INVITE"), 180));
    await bob.next("CANCEL");
    await alice.next("SIP/2.0 408");
    await invite(alice, "bob");
    await alice.next("SIP/2.0 408");
  });

  it("finds a caller's contact again after he registered over a new socket", async () => {
    const [alice, bob] = [await connect("alice"), await registered("bob")];
    await invite(alice, "bob");
    bob.send(bob.response(await bob.next("INVITE"), 200));
    const answer = await alice.next("SIP/2.0 200");
    await bob.close();
    const back = await registered("bob", { Contact: `<${bob.contact}>` });
    alice.send(inDialog("BYE", alice, answer));
    await back.next("BYE");
  });

  it.each([
    ["an unknown user", "404", `sip:nobody@${realm}`],
    ["another domain", "404", "sip:bob@elsewhere.example"],
    ["a known user without a contact", "480", `sip:dave@${realm}`],
    ["a contact that is gone", "480", "sip:bob-1@client.invalid"]
  ])("answers a call to %s with %s", async (_, status, uri) => {
    const alice = await connect("alice");
    await alice.authenticated("INVITE", uri, { password: "wonderland" });
    await alice.next(`SIP/2.0 ${status}`);
  });

  it.each([
    ["no hops left", "483", { "Max-Forwards": "0" }],
    ["an extension it does not have", "420", { "Proxy-Require": "telepathy" }],
    ["no credentials", "407", {}]
  ])("answers a call with %s with %s", async (_, status, fields: Record<string, string>) => {
    const alice = await connect("alice");
    await registered("bob");
    alice.send(alice.request("INVITE", `sip:bob@${realm}`, fields));
    await alice.next(`SIP/2.0 ${status}`);
  });

  it("refuses a call in another's name", async () => {
    const alice = await connect("alice");
    await registered("bob");
    const from = { From: `<sip:carol@${realm}>;tag=1` };
    await alice.authenticated("INVITE", `sip:bob@${realm}`, { password: "wonderland" }, from);
    await alice.next("SIP/2.0 403");
  });
});

describe("socket", () => {
  it.each([
    ["another path", "/elsewhere", "sip", 404],
    ["another sub-protocol", "/sip", "soap", 400]
  ])("refuses %s", async (_, path, protocol, status) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, protocol);
    const error = await new Promise<Error>((resolve) => socket.once("error", resolve));
    expect(error.message).toContain(String(status));
  });

  it("answers a ping of RFC 5626 with a pong", async () => {
    const alice = await connect("alice");
    alice.send("\r\n\r\n");
    expect(await alice.next("")).toBe("\r\n");
  });

  it("reports what is not SIP and lives on", async () => {
    const alice = await connect("alice");
    alice.send("hello");
    alice.send(alice.request("OPTIONS", `sip:${realm}`).replace(/Via: .*\r\n/, ""));
    await alice.authenticated("OPTIONS", `sip:${realm}`, { password: "wonderland" });
    await alice.next("SIP/2.0 200");
    expect(problems.splice(0)).toHaveLength(2);
  });

  it.each([
    ["/config.json", "localhost", 200],
    ["/config.json", "127.0.0.1:8080", 200],
    ["/config.json", "elsewhere.example", 403],
    ["/../package.json", "localhost", 404]
  ])("answers GET %s for the host name %s with %i", async (path, host, status) => {
    const { port } = server;
    const sent = request({ port, path, headers: { host } }).end();
    const response = await new Promise<IncomingMessage>((resolve) =>
      sent.once("response", resolve)
    );
    expect(response.statusCode).toBe(status);
    response.resume();
  });
});
