import { parse } from 'range-parser';

export interface ByteRange {
  readonly start: number;
  /** The last byte, included. */
  readonly end: number;
}

/** One range of a `Range` header; several, none, or one that cannot be read mean the whole content. */
export function readRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | undefined {
  const { code, type, ranges } = parse(size, header ?? '');
  if (type !== 'bytes') return undefined;
  // The codes are flags: 1 is a range that cannot be read, 2 is one that lies outside of the content.
  if (code === 2 && ranges.length === 0) return 'unsatisfiable';
  return code === 0 && ranges.length === 1 ? ranges[0] : undefined;
}
