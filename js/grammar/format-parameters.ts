/** Parameters as they stand behind a URI or a value: `;name=value;flag`. */
export function formatParameters(parameters: { [name: string]: string | null }): string {
  let text = "";
  for (const name in parameters) {
    const value = parameters[name];
    text += ";" + name + (value === null ? "" : "=" + value);
  }
  return text;
}
