import * as SIP from "./node_modules/sipwasm/lib/index.js";
import { phone } from "./phone.js";

const violations = [];
addEventListener("securitypolicyviolation", (event) => violations.push(event.blockedURI));
const server = new URLSearchParams(location.search).get("server");
const told = await phone(SIP, server).catch((error) => error.message);
window.outcome = { told, violations };
