/** Options of `Publisher.unpublish`: none. */
// The name is SIP.js's, who has nothing in it.
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface PublisherUnpublishOptions {}
