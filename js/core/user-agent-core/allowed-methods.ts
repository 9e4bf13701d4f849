/** The methods that are understood, as Allow has them. */
export const AllowedMethods = [
  "ACK",
  "CANCEL",
  "INVITE",
  "MESSAGE",
  "BYE",
  "OPTIONS",
  "INFO",
  "NOTIFY",
  "REFER"
];
