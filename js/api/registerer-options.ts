import type { URI } from "../grammar/uri.js";

/** Options of a `Registerer`. */
export interface RegistererOptions {
  /** For how long to register, in seconds. Default 600. */
  expires?: number;
  /** Further parameters of the Contact value: `"name=value"`. Default none. */
  extraContactHeaderParams?: Array<string>;
  /** Further header fields of the REGISTER: `"Name: value"`. Default none. */
  extraHeaders?: Array<string>;
  /** The "+sip.instance" of the Contact value, if there is a `regId`: a UUID. Default random. */
  instanceId?: string;
  /** If true, the options are logged. Default true. */
  logConfiguration?: boolean;
  /** Other names and addresses than those of the user agent. */
  params?: {
    /** The display name in From. Default: the user agent's. */
    fromDisplayName?: string;
    /** The tag of From. Default: random. */
    fromTag?: string;
    /** The address in From. Default: the user agent's. */
    fromUri?: URI;
    /** The display name in To. Default: none. */
    toDisplayName?: string;
    /** The address of record that is registered. Default: the user agent's. */
    toUri?: URI;
  };
  /** The "reg-id" of the Contact value (RFC 5626). Default: none. */
  regId?: number;
  /** The registrar, where the REGISTER is sent to. Default: the domain of the user agent's URI. */
  registrar?: URI;
  /** When to register again, in percent of the time granted, from 50 to 99. Default 99. */
  refreshFrequency?: number;
}
