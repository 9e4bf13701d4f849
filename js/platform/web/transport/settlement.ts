/** A promise with the means to settle it. */
export interface Settlement {
  readonly promise: Promise<void>;
  resolve(): void;
  reject(error: Error): void;
}

export function settlement(): Settlement {
  let resolve!: () => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
