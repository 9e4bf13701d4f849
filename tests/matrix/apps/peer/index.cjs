// A library for applications of SIP.js.
exports.Session = require("sip.js").Session;
