/** What a registry of images answers, or does not, when nothing can be said about the image. */
const NO_REGISTRY =
  /dial tcp|no such host|i\/o timeout|TLS handshake|connection (refused|reset)|context deadline exceeded|network is unreachable|x509:|proxyconnect|failed to do request|pinging container registry|toomanyrequests|rate limit|unexpected status.*\b(429|5\d\d)\b|\bEOF\b|did not resolve to an alias/i;
const NO_ENGINE =
  /^error running container: |^(failed to solve: )?(unexpected EOF$|.*error reading from server)|cannot connect to the docker daemon|is the docker daemon running|no space left on device|cannot allocate memory/i;
/** What engines before BuildKit 0.10 do not know. */
const NEW_SYNTAX = /<<-?["']?\w|--(link|parents|exclude|start-interval|keep-git-dir)\b/;

/**
 * Why a build failed that says nothing about the Space, as sentences: the engine, its registry or its age is to blame.
 * Undefined when it may be the Space's own fault. A step that has run is never one of the engine.
 */
export function engineFault(kind: 'docker' | 'podman', reason: string, dockerfile: string): string | undefined {
  if (/did not complete successfully: exit code: \d+$/.test(reason)) return undefined;
  if (NO_ENGINE.test(reason))
    return `${kind} itself failed: ${reason}. Fix: repair it, or choose another with --engine.`;
  if (NO_REGISTRY.test(reason))
    return `${kind} could not fetch an image that the Dockerfile names: ${reason}. Fix: reach its registry, or log in there.`;
  if (/parse error|unknown (instruction|flag)/i.test(reason) && NEW_SYNTAX.test(dockerfile))
    return `This ${kind} is too old for the syntax of the Dockerfile: ${reason}. Fix: install a newer one.`;
  return undefined;
}
