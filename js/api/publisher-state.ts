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
  /** Nothing was published yet. */
  Initial = "Initial",
  /** The compositor has what was published; it is refreshed in time. */
  Published = "Published",
  /** The compositor has it no more: removed, refused, or run out. */
  Unpublished = "Unpublished",
  /** Disposed of. */
  Terminated = "Terminated"
}
