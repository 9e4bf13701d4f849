import { name, Session } from "sip.js";
import { Session as Deep } from "sip.js/lib/api/session.js";
import { Grammar } from "sip.js/lib/grammar/index.js";
import peer from "matrix-peer";

const uri = Grammar.URIParse("sip:alice@example.com");
console.log(JSON.stringify([name, Session === Deep, Session === peer.Session, `${uri}`]));
