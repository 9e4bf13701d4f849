// Alice and Bob with JsSIP.
import JsSip from "jssip";
import { answer, End, join, offer } from "./wire.mjs";

/** What JsSIP asks of WebRTC, without media. */
class Connection {
  iceGatheringState = "complete";
  signalingState = "stable";
  addEventListener() {}
  removeEventListener() {}
  addTrack() {}
  close() {}
  getSenders() {
    return [];
  }
  async createOffer() {
    return { type: "offer", sdp: offer };
  }
  async createAnswer() {
    return { type: "answer", sdp: answer };
  }
  async setLocalDescription(description) {
    this.localDescription = description;
  }
  async setRemoteDescription(description) {
    this.remoteDescription = description;
  }
}

/** A socket that is one end of a wire, and no larger than need be. */
export class Socket extends End {
  get via_transport() {
    return "WSS";
  }
  get url() {
    return "wss://example.com";
  }
  get sip_uri() {
    return "sip:example.com;transport=ws";
  }
  connect() {
    queueMicrotask(() => this.onconnect());
  }
  disconnect() {}
  isConnected() {
    return true;
  }
  isConnecting() {
    return false;
  }
  send(text) {
    this.pass(text);
    return true;
  }
  receive(text) {
    this.ondata(text);
  }
}

/** A started user agent of somebody. */
export async function jsSipUserAgent(name, socket, options = {}) {
  // What there is in a page already, and is read-only there.
  globalThis.window ??= globalThis;
  Object.assign(globalThis, {
    RTCPeerConnection: Connection,
    RTCSessionDescription: class {
      constructor(init) {
        Object.assign(this, init);
      }
    }
  });
  const agent = new JsSip.UA({
    sockets: [socket],
    uri: `sip:${name}@example.com`,
    register: false,
    // Neither SIP.js nor sipwasm has them.
    session_timers: false,
    ...options
  });
  const connected = new Promise((resolve) => agent.once("connected", resolve));
  agent.start();
  await connected;
  return agent;
}

/** As `sipJsParty`. */
export async function jsSipParty() {
  const ends = [new Socket(), new Socket()];
  const wire = join(...ends);
  const alice = await jsSipUserAgent("alice", ends[0]);
  const bob = await jsSipUserAgent("bob", ends[1]);
  let told;
  const mediaConstraints = { audio: false, video: false };
  bob.on("newRTCSession", ({ session, originator }) => {
    if (originator !== "remote") return;
    told = session;
    session.answer({ mediaConstraints });
  });

  const once = (session, event) => new Promise((resolve) => session.once(event, resolve));

  async function call() {
    const caller = alice.call("sip:bob@example.com", { mediaConstraints });
    await once(caller, "accepted");
    const called = told;
    // The ACK has come.
    if (!called.isEstablished()) await once(called, "confirmed");
    return {
      sides: [caller, called],
      async hangUp() {
        const ended = once(called, "ended");
        caller.terminate();
        await ended;
        // The answer to the BYE is on its way.
        await undefined;
        await undefined;
      },
      inform: () =>
        new Promise((resolve, reject) => {
          const eventHandlers = { onSuccessResponse: resolve, onErrorResponse: reject };
          caller.sendRequest("INFO", { eventHandlers });
        })
    };
  }
  return { wire, call, alice, bob };
}
