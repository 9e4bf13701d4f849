import * as SIP from "sipwasm";
import { tell } from "./phone.js";

self.onmessage = async ({ data: [server] }) => self.postMessage(await tell(SIP, server));
