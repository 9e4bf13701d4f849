/** Parameters as they stand behind a URI or a value: `;name=value;flag`. */
export function formatParameters(parameters: { [name: string]: string | null }): string {
  return Object.entries(parameters)
    .map(([name, value]) => ";" + name + (value === null ? "" : "=" + value))
    .join("");
}
