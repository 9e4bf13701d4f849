/** The methods that are understood. */
export const AllowedMethods = [
  "ACK",
  "BYE",
  "CANCEL",
  "INFO",
  "INVITE",
  "MESSAGE",
  "NOTIFY",
  "OPTIONS",
  "PRACK",
  "REFER",
  "REGISTER",
  "SUBSCRIBE"
];

/** The header field by which requests say what their sender understands. */
export const allow = "Allow: ACK,CANCEL,INVITE,MESSAGE,BYE,OPTIONS,INFO,NOTIFY,REFER";

/** The types of bodies that are understood, as Accept has them. */
export const AcceptedContentTypes = ["application/sdp", "application/dtmf-relay"];
