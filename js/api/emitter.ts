/** Something that tells its listeners each time it changes. */
export interface Emitter<T> {
  /**
   * Calls a function whenever the target changes. A function added twice is called twice.
   * @param listener - The function to call.
   * @param options - With `once` true the listener is removed just before its first call.
   */
  addListener(listener: (data: T) => void, options?: { once?: boolean }): void;

  /**
   * Removes a listener, however often it was added.
   * @param listener - The function given to `addListener`.
   */
  removeListener(listener: (data: T) => void): void;

  /**
   * Adds a listener.
   * @deprecated Use `addListener`.
   */
  on(listener: (data: T) => void): void;

  /**
   * Removes a listener.
   * @deprecated Use `removeListener`.
   */
  off(listener: (data: T) => void): void;

  /**
   * Adds a listener that is called at most once.
   * @deprecated Use `addListener`.
   */
  once(listener: (data: T) => void): void;
}

interface Registration<T> {
  readonly listener: (data: T) => void;
  readonly once: boolean;
}

/** An array takes room for more than it has: of most emitters it would be empty. */
const nobody: ReadonlyArray<never> = [];

/** The {@link Emitter} that the library uses. */
export class EmitterImpl<T> implements Emitter<T> {
  private listeners: ReadonlyArray<Registration<T>> = nobody;

  addListener(listener: (data: T) => void, options?: { once?: boolean }): void {
    const { listeners } = this;
    const registration = { listener, once: options?.once === true };
    // Not pushed: an array that grows takes room for 16 more.
    this.listeners = listeners.length ? listeners.concat(registration) : [registration];
  }

  /**
   * Calls the listeners in the order of their addition. Who is added or removed meanwhile counts
   * from the next time on. A listener that throws keeps no other from being called: the first
   * exception is rethrown at the end.
   */
  emit(data: T): void {
    const errors: Array<unknown> = [];
    for (const registration of this.listeners) {
      if (registration.once && !this.takeOut(registration)) {
        continue;
      }
      try {
        registration.listener(data);
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) {
      throw errors[0];
    }
  }

  /** Removes all listeners. */
  removeAllListeners(): void {
    this.listeners = nobody;
  }

  removeListener(listener: (data: T) => void): void {
    this.keep((registration) => registration.listener !== listener);
  }

  on(listener: (data: T) => void): void {
    this.addListener(listener);
  }

  off(listener: (data: T) => void): void {
    this.removeListener(listener);
  }

  once(listener: (data: T) => void): void {
    this.addListener(listener, { once: true });
  }

  private keep(which: (registration: Registration<T>) => boolean): void {
    const kept = this.listeners.filter(which);
    this.listeners = kept.length ? kept : nobody;
  }

  /** Removes one registration; false if an inner `emit` or a listener has done so already. */
  private takeOut(registration: Registration<T>): boolean {
    const before = this.listeners.length;
    this.keep((other) => other !== registration);
    return this.listeners.length < before;
  }
}
