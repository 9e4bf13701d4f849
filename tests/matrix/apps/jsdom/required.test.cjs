const SIP = require("sipwasm");
const { Session } = require("sipwasm/lib/api/session.js");
const { phone } = require("./phone.cjs");

it("calls in jsdom", async () => {
  expect(document.createElement("audio").tagName).toBe("AUDIO");
  expect(SIP.Session).toBe(Session);
  expect(await phone(SIP, process.env.SIP_SERVER)).toContain("talked");
});
