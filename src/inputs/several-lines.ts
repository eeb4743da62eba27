/**
 * What an unquoted value seems to be the first line of: a key, JSON, or a dotenv or YAML file that was pasted into one
 * line of ours; undefined when it is whole. `rest` are the lines that follow it.
 */
export function severalLines(value: string, rest: readonly string[]): string | undefined {
  if (isKeyBegun(value)) return 'a key or certificate';
  const following = rest.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  if (following.length === 0) return undefined;
  if (isJsonBegun(value) && following.some((line) => /^["{}[\]\d]/.test(line))) return 'a JSON text';
  if (isDotenvBegun(value, following)) return 'a dotenv file';
  if (YAML_KEY.test(value) && following.some((line) => YAML_KEY.test(line) || /^- /.test(line))) return 'a YAML file';
  return undefined;
}

/** How many of the lines after an unquoted value surely belong to it: up to the end of a key, or of JSON. */
export function linesThatBelong(value: string, rest: readonly string[]): number {
  if (isKeyBegun(value)) return rest.findIndex((line) => KEY_END.test(line)) + 1;
  if (!isJsonBegun(value)) return 0;
  return rest.findIndex((_, index) => isJson([value, ...rest.slice(0, index + 1)].join('\n'))) + 1;
}

const KEY_END = /-----END [^-]+-----/;

function isKeyBegun(value: string): boolean {
  return /^-----BEGIN [^-]+-----/.test(value) && !KEY_END.test(value);
}

function isJsonBegun(value: string): boolean {
  return /^[{[]/.test(value) && !isJson(value);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const ASSIGNMENT = /^(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(?!=*$)\S/;
const YAML_KEY = /^[A-Za-z_][\w.-]*:(\s|$)/;

/** Whether a value is an assignment itself, written like one of those that follow: in capitals, or not. */
function isDotenvBegun(value: string, following: readonly string[]): boolean {
  const name = ASSIGNMENT.exec(value)?.[1];
  if (name === undefined || isListOfPairs(value)) return false;
  const names = following.flatMap((line) => /^(?:export\s+)?([A-Za-z_]\w*)\s*=/.exec(line)?.[1] ?? []);
  return value.startsWith('export ') || names.some((each) => isUpperCase(each) === isUpperCase(name));
}

function isUpperCase(name: string): boolean {
  return name === name.toUpperCase();
}

/** `host=db user=me`, `Server=db;User=me`: the pairs of a connection string are one value. */
function isListOfPairs(value: string): boolean {
  const [first = '', second] = value.split(/[;\s]\s*(?=[A-Za-z_][\w ]*=)/);
  return second !== undefined && /^\w+\s*=[^=]*$/.test(first);
}
