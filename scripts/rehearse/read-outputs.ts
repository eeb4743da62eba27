/** The outputs in the file that GITHUB_OUTPUT names, each with every value it was given, in order. */
export function readOutputs(file: string): ReadonlyMap<string, readonly string[]> {
  const outputs = new Map<string, string[]>();
  for (const [, name = '', , value = ''] of file.matchAll(/^(.+?)<<(\S+)\r?\n(.*?)\r?\n\2\r?$/gms))
    outputs.set(name, [...(outputs.get(name) ?? []), value]);
  return outputs;
}
