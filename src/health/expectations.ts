import type { Expectation } from '../inputs/inputs.ts';

/** What an answer should have said and does not, each as a sentence; empty when it is as expected. */
export function unmetExpectations(
  expectations: readonly Expectation[],
  body: string,
  redact: (text: string) => string = (text) => text,
): readonly string[] {
  const json = parsed(body);
  return expectations.flatMap((expected) => {
    if (expected.kind === 'text')
      return body.includes(expected.words) ? [] : [`does not say ${JSON.stringify(expected.words)}`];
    if (json === undefined) return [`is not JSON, so ${expected.path} cannot be ${JSON.stringify(expected.value)}`];
    const value = valueAt(json.value, expected.path);
    const written = typeof value === 'string' ? value : writtenAgain(value);
    return written === expected.value || isSameNumber(value, expected.value)
      ? []
      : [
          `${expected.path} is ${written === undefined ? 'missing' : JSON.stringify(redact(written).slice(0, 100))}, expected ${JSON.stringify(expected.value)}`,
        ];
  });
}

/** An app may answer what can be read and not be written: then it is not as expected, and no fault of ours. */
function writtenAgain(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return 'nested too deeply to be read';
  }
}

/** `0.50` is 0.5. */
function isSameNumber(value: unknown, expected: string): boolean {
  return typeof value === 'number' && expected.trim() !== '' && Number(expected) === value;
}

function parsed(body: string): { readonly value: unknown } | undefined {
  try {
    // A byte order mark, as .NET writes, is no part of the JSON (RFC 8259, 8.1).
    return { value: JSON.parse(body.replace(/^\ufeff/, '')) };
  } catch {
    return undefined;
  }
}

function valueAt(json: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, key)
          ? (value as Record<string, unknown>)[key]
          : undefined,
      json,
    );
}
