/** Ready-made modifiers of session descriptions. */
export * from "./modifiers.js";
