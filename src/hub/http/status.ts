/** The status of an answer: this one, or one of those that a function tells. */
export type StatusPattern = number | ((status: number) => boolean);

export function hasStatus(pattern: StatusPattern, status: number): boolean {
  return typeof pattern === 'function' ? pattern(status) : pattern === status;
}

/**
 * Whether a status says that the Hub, or something on the way to it, cannot answer for now: those after which the Hub's
 * own Python client tries again (hub-contract §3), and those that a CDN answers with, from 520 on, which are in no standard.
 */
export function isOutage(status: number): boolean {
  return [408, 500, 502, 503, 504].includes(status) || status >= 520;
}
