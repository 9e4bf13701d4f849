/**
 * Parameters of a URI or of a header field's value (`;name=value`). Names are case-insensitive and
 * kept in lower case; the value of a parameter that has none is null.
 */
export class Parameters {
  /** The parameters by their names in lower case. */
  parameters: { [name: string]: string | null } = {};

  /**
   * @param parameters - The parameters to begin with.
   */
  constructor(parameters: { [name: string]: string | number | null | undefined }) {
    for (const name in parameters) {
      this.setParam(name, parameters[name]);
    }
  }

  /**
   * Sets a parameter.
   * @param key - Its name. An empty one is ignored.
   * @param value - Its value. Undefined or null: it has none.
   */
  setParam(key: string, value: string | number | null | undefined): void {
    if (key) {
      const none = value === undefined || value === null;
      this.parameters[key.toLowerCase()] = none ? null : value.toString();
    }
  }

  /**
   * The value of a parameter: null if it has none, undefined if there is no such parameter.
   * @param key - Its name.
   */
  getParam(key: string): string | null | undefined {
    return this.hasParam(key) ? this.parameters[key.toLowerCase()] : undefined;
  }

  /**
   * True if there is such a parameter, with or without a value.
   * @param key - Its name.
   */
  hasParam(key: string): boolean {
    return !!key && Object.hasOwn(this.parameters, key.toLowerCase());
  }

  /**
   * Removes a parameter.
   * @param key - Its name.
   * @returns What its value was, undefined if there was no such parameter.
   */
  deleteParam(key: string): string | null | undefined {
    const value = this.getParam(key);
    if (value !== undefined) {
      delete this.parameters[key.toLowerCase()];
    }
    return value;
  }

  /** Removes all parameters. */
  clearParams(): void {
    this.parameters = {};
  }
}
