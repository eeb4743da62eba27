import type { KnownCause } from './known-cause.ts';

/** What apt says. */
export const DEBIAN_CAUSES: readonly KnownCause[] = [
  {
    sign: /E: (?:Unable to locate package|Package '?)\s*([\w.+-]+)/,
    example: 'E: Unable to locate package libgl1-mesa-glx',
    cause: 'apt finds no package $1.',
    fix: 'Run apt-get update in the same RUN line, and look whether the base image is of a release that has the package.',
  },
  {
    sign: /E: (?:The repository .* does not have a Release file|Failed to fetch .*404)|404 +Not Found.*(?:deb\.debian\.org|archive\.ubuntu\.com)/,
    example: "E: The repository 'http://deb.debian.org/debian buster Release' does not have a Release file.",
    cause: 'The Debian or Ubuntu release of the base image is not served any more.',
    fix: 'Choose a newer base image; run apt-get update and install in one RUN line.',
  },
];
