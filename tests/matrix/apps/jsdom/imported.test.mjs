import * as SIP from "sipwasm";
import { Session } from "sipwasm/lib/api/session.js";
import { phone } from "./phone.js";

it("calls in jsdom", async () => {
  expect(document.createElement("audio").tagName).toBe("AUDIO");
  expect(SIP.Session).toBe(Session);
  expect(await phone(SIP, process.env.SIP_SERVER)).toContain("talked");
});
