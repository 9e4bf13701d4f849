// How an application reads a message with each library: the same values in the same order. This
// file is bundled, and the bundle runs in Node and in Chromium.
import { Core } from "sip.js";
import { Core as Ours } from "../../lib/index.js";
import JsSipParser from "jssip/lib/Parser.js";

/** Core.Parser of SIP.js and its like here. */
function reader({ Parser, LoggerFactory }) {
  const factory = new LoggerFactory();
  factory.builtinEnabled = false;
  const logger = factory.getLogger("bench");
  return (text) => {
    const message = Parser.parseMessage(text, logger);
    if (!message) return undefined;
    const contact = message.parseHeader("Contact");
    return [
      message.statusCode ?? message.ruri.user,
      message.method,
      message.callId,
      message.fromTag,
      message.from.displayName,
      message.from.uri.user,
      message.from.uri.host,
      message.toTag,
      message.to.uri.user,
      message.to.uri.host,
      message.cseq,
      message.viaBranch,
      contact?.uri.user,
      contact?.uri.host,
      contact?.uri.port,
      message.getHeader("User-Agent"),
      message.getHeader("Allow"),
      message.getHeader("Content-Type"),
      message.body
    ];
  };
}

function jsSip(text) {
  const message = JsSipParser.parseMessage(text, undefined);
  const contact = message.hasHeader("Contact") ? message.parseHeader("Contact") : undefined;
  return [
    message.status_code ?? message.ruri.user,
    message.method,
    message.call_id,
    message.from_tag,
    message.from.display_name,
    message.from.uri.user,
    message.from.uri.host,
    message.to_tag,
    message.to.uri.user,
    message.to.uri.host,
    message.cseq,
    message.via_branch,
    contact?.uri.user,
    contact?.uri.host,
    contact?.uri.port,
    message.getHeader("User-Agent"),
    message.getHeader("Allow"),
    message.getHeader("Content-Type"),
    message.body
  ];
}

/** Name and reader of each, ours first. */
export const libraries = { sipwasm: reader(Ours), "SIP.js": reader(Core), JsSIP: jsSip };
