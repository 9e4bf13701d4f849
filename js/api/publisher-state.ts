/**
 * State of a `Publisher`.
 *
 * ```txt
 *                  __________________________________________
 *                 |  __________________________              |
 * Publisher       | |                          v             v
 * Constructed -> Initial -> Published -> Unpublished -> Terminated
 *                              |   ^____________|             ^
 *                              |______________________________|
 * ```
 */
export enum PublisherState {
  Initial = "Initial",
  Published = "Published",
  Unpublished = "Unpublished",
  Terminated = "Terminated"
}
