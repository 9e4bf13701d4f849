/**
 * State of a `Registerer`.
 *
 * ```txt
 *                   __________________________________________
 *                  |  __________________________              |
 * Registerer       | |                          v             v
 * Constructed -> Initial -> Registered -> Unregistered -> Terminated
 *                              |   ^____________|             ^
 *                              |______________________________|
 * ```
 */
export enum RegistererState {
  /** Nothing was asked of the registrar yet. */
  Initial = "Initial",
  /** The registrar has the contact; it is refreshed in time. */
  Registered = "Registered",
  /** The registrar has it no more: asked so, refused, or run out. */
  Unregistered = "Unregistered",
  /** Disposed of. */
  Terminated = "Terminated"
}
