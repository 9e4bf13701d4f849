import * as SIP from "sipwasm";
import { Session } from "sipwasm/lib/api/session.js";
import { URI } from "sipwasm/lib/grammar";
import { tell } from "./phone.js";
import { required } from "./required.cjs";

const same = SIP.Session === Session && SIP.URI === URI && required.Session === Session;
if (same) tell(SIP);
else window.outcome = "the package was bundled twice";
