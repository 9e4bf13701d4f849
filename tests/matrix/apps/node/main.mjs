import { createRequire } from "node:module";
import * as SIP from "sipwasm";
import { Session } from "sipwasm/lib/api/session.js";
import { URI } from "sipwasm/lib/grammar";
import { phone } from "./phone.js";

const required = createRequire(import.meta.url)("sipwasm");
const same = SIP.Session === Session && SIP.URI === URI && required.Session === Session;
console.log(JSON.stringify({ same, told: await phone(SIP, process.argv[2]) }));
process.exit();
