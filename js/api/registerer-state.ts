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
  Initial = "Initial",
  Registered = "Registered",
  Unregistered = "Unregistered",
  Terminated = "Terminated"
}
