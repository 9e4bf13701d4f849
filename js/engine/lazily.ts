/**
 * Has members of a class made when somebody first looks at them: most objects of a session nobody
 * looks at. Then they are like others.
 * @param owner - The class, which declares them only.
 * @param names - Their names, which are not shortened.
 * @param make - Makes one, given whose it is.
 */
export function lazily<T, Name extends keyof T>(
  owner: { prototype: T },
  names: Name[],
  make: (owner: T) => T[Name]
): void {
  const { defineProperty } = Object;
  for (const name of names) {
    defineProperty(owner.prototype, name, {
      configurable: true,
      get(this: T) {
        return (this[name] = make(this));
      },
      set(this: T, value: T[Name]) {
        defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
      }
    });
  }
}
