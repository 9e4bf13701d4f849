import { URI } from "sipwasm";
console.log(new URI("sip", "alice", "example.com").toString());
