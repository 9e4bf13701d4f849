/** What `apps/phone.js` tells in a page. */
export const talkedByWebRtc = ["registered", "message: hello", "talked by WebRTC", "hung up"];

/** What it tells where there is no WebRTC: in a Worker and in Node. */
export const talked = ["registered", "message: hello", "talked", "hung up"];
