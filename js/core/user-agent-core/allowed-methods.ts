/** The methods that are understood, as Allow has them. */
export const AllowedMethods = "ACK,CANCEL,INVITE,MESSAGE,BYE,OPTIONS,INFO,NOTIFY,REFER";

/** The header field that says so. */
export const allow = "Allow: " + AllowedMethods;

/** The types of bodies that are understood, as Accept has them. */
export const AcceptedContentTypes = ["application/sdp", "application/dtmf-relay"];
