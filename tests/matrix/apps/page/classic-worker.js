/* global importScripts, SIP */
importScripts("node_modules/sipwasm/dist/sip.min.js");

self.onmessage = async ({ data }) => {
  const { tell } = await import("./phone.js");
  self.postMessage(await tell(SIP, data));
};
