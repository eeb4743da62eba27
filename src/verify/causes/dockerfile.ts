import type { KnownCause } from './known-cause.ts';

/** Signs in the log of a build that does not get past the Dockerfile. */
export const DOCKERFILE_CAUSES: readonly KnownCause[] = [
  {
    sign: /"\/?([^"]+)": not found|COPY failed: .*?([^ ]+): no such file/i,
    example:
      'ERROR: failed to solve: failed to compute cache key: failed to calculate checksum of ref 4b1f::x: "/requirements.txt": not found',
    cause: 'The Dockerfile copies $1, which is not in the Space.',
    fix: 'Commit the file, name it in `include`, or look whether `exclude`, .gitignore or .dockerignore leaves it out.',
  },
  {
    sign: /(?:dockerfile parse error|Dockerfile parse error|unknown instruction: \S+|unknown flag: \S+)(?: on)?(?: line \d+)?/i,
    example: 'dockerfile parse error on line 7: unknown instruction: RUNN (did you mean RUN?)',
    cause: 'The Dockerfile has a line that Docker does not understand.',
    fix: 'Fix the line that the log names; `docker build .` says the same on your own machine.',
  },
  {
    sign: /(?:toomanyrequests|You have reached your (?:unauthenticated )?pull rate limit)/i,
    example:
      'toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit',
    cause: 'The registry of the base image lets the Hub pull no more for now.',
    fix: 'Run it again later, or take the base image from another registry, such as public.ecr.aws/docker/library.',
  },
  {
    sign: /failed to resolve source metadata for ([^\s:]+:[^\s:]+)|manifest (?:for (\S+) not found|unknown)|pull access denied(?: for ([^\s,]+))?|failed to (?:resolve reference|authorize)/i,
    example:
      'ERROR: failed to solve: python:3.99-slim: failed to resolve source metadata for docker.io/library/python:3.99-slim: docker.io/library/python:3.99-slim: not found',
    cause: 'The base image $1 of the Dockerfile is not there, or may not be pulled.',
    fix: 'Correct the name and tag after FROM; the image must be public and be there for linux/amd64.',
  },
];
