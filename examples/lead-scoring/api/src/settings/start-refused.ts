/** A start that cannot succeed. The message has the whole reason, so no stack trace is needed. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}
