import * as SIP from "./node_modules/sipwasm/lib/index.js";
import { tell } from "./phone.js";

// A shared worker gets a port, a dedicated one is its own.
const serve = (port) => {
  port.onmessage = async ({ data }) => port.postMessage(await tell(SIP, data));
};
if ("onconnect" in self) self.onconnect = ({ ports }) => serve(ports[0]);
else serve(self);
