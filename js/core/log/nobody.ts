/** The connector of a logger factory whose lines nobody wants. */
export const nobody = (): void => undefined;
