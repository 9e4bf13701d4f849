/** The name of this library. */
export const name = "sipwasm";

/** The version of this library. */
export const version = "0.21.100";
