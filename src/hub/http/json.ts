/** Reads what the Hub sends without believing its shape: what is not as expected becomes absent, not an exception. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function objectOf(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** A date as text, in milliseconds since the epoch. */
export function dateOf(value: unknown): number | undefined {
  const date = Date.parse(textOf(value) ?? '');
  return Number.isNaN(date) ? undefined : date;
}
