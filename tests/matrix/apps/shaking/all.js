import * as SIP from "sipwasm";
console.log({ ...SIP });
