/**
 * A SIP phone stack for the browser, behind the API of SIP.js.
 * @packageDocumentation
 */
export { preload } from "./engine/module.js";
export { wakeBy } from "./engine/engine.js";
export { name, version } from "./api/version.js";
export * from "./api/index.js";
export * from "./grammar/index.js";
export * as Core from "./core/index.js";
export * as Web from "./platform/web/index.js";
