import { engine } from "../../engine/engine.js";
import type { DescribeDialog, DialogChanged } from "../../engine/wire.js";
import { Grammar } from "../../grammar/grammar.js";
import { URI } from "../../grammar/uri.js";
import { lone, loneCore } from "../transactions/lone-core.js";
import type { DialogState } from "./dialog-state.js";

/** A dialog as the core tells of it. */
export type DialogFields = Omit<
  DialogChanged,
  "type" | "core" | "dialog" | "signaling" | "subscription" | "expires" | "again" | "client"
>;

/** A dialog as SIP.js tells of it. */
export function toState(fields: DialogFields): DialogState {
  const { callId, localTag, remoteTag } = fields;
  return {
    id: callId + localTag + remoteTag,
    early: fields.state < 2,
    callId,
    localTag,
    remoteTag,
    localSequenceNumber: fields.localSequence || undefined,
    remoteSequenceNumber: fields.remoteSequence || undefined,
    localURI: addressIn(fields.local),
    remoteURI: addressIn(fields.remote),
    remoteTarget: Grammar.URIParse(fields.remoteTarget) ?? nobody(),
    routeSet: fields.routes,
    secure: fields.secure
  };
}

/** The other way round. */
export function toFields(state: DialogState): DialogFields {
  const { callId, localTag, remoteTag } = state;
  return {
    state: state.early ? 1 : 3,
    callId,
    localTag,
    remoteTag,
    local: address(state.localURI, localTag),
    remote: address(state.remoteURI, remoteTag),
    remoteTarget: state.remoteTarget.toRaw(),
    localSequence: state.localSequenceNumber ?? 0,
    remoteSequence: state.remoteSequenceNumber ?? 0,
    routes: state.routeSet,
    secure: state.secure
  };
}

/**
 * The dialog that a message would make.
 * @param message - The text of a response, with parts of its request; or of a request, with `from` the
 * tag that its response has.
 */
export function describe(
  message: Pick<DescribeDialog, "body" | "from"> & Partial<DescribeDialog>
): DialogFields {
  engine().perform({
    requestUri: "",
    callId: "",
    cseq: 0,
    ...message,
    type: "describeDialog",
    core: loneCore()
  });
  return lone.heard as DialogChanged;
}

function address(uri: URI, tag: string): string {
  return `<${uri.toRaw()}>${tag ? ";tag=" + tag : ""}`;
}

function addressIn(nameAddr: string): URI {
  return Grammar.nameAddrHeaderParse(nameAddr)?.uri ?? nobody();
}

/** For what is not known, or is of another scheme. */
function nobody(): URI {
  return new URI("sip", "anonymous", "anonymous.invalid");
}
