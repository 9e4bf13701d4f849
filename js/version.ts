/** The version of the package. */
export { version as LIBRARY_VERSION } from "./api/version.js";
