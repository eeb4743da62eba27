/** A start that cannot succeed, for reasons that the message tells whole: no stack trace is needed. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}
