import type { KnownCause } from './known-cause.ts';

/** What a shell or the container says of CMD. */
export const START_COMMAND_CAUSES: readonly KnownCause[] = [
  {
    sign: /\b[UG]ID '?1000'? (?:is not unique|already exists)|\b(?:The )?[ug]id [`'‘]?1000['’]? (?:is already )?in use|(?:useradd: user|groupadd: group|adduser: The user) [`'‘](?:node|ubuntu)['’] already exists/i,
    example: 'useradd: UID 1000 is not unique',
    cause: 'The base image already has a user or group with the id 1000.',
    fix: 'Use that user (USER 1000) instead of creating one: images of node have the user node, those of Ubuntu the user ubuntu.',
  },
  {
    sign: /\bexec (\.?\/\S+): no such file or directory|exec user process caused:? "?no such file or directory/i,
    example: 'exec /app/start.sh: no such file or directory',
    cause:
      'The script $1 is there but cannot be started: its first line names an interpreter that the image does not have, often because of line ends of Windows.',
    fix: 'Save it with LF and put "*.sh text eol=lf" into .gitattributes; if it has LF, name a shell that the image has (#!/bin/sh), or correct its path in CMD.',
  },
  {
    sign: /exec format error/i,
    example: 'exec /app/start.sh: exec format error',
    cause: 'The start command is no program for this machine, or a script without its first line (#!/bin/sh).',
    fix: 'Build for linux/amd64, or name the interpreter: CMD ["sh", "start.sh"].',
  },
  {
    sign: /['‘]?(?:(?:ba|da|a)?sh|python[\d.]*|node)\\r['’]?: No such file|\$'\\r': command not found|bad interpreter: [^\n]*\^M|\bset: (?:line \d+: )?(?:-: )?[Ii](?:llegal|nvalid) option\b(?: -\s*$|[^\n]*\\r)|use -\[v\]S to pass options in shebang lines/m,
    example: "/usr/bin/env: 'bash\\r': No such file or directory",
    cause: 'A script has the line ends of Windows.',
    fix: 'Save it with LF, and put "*.sh text eol=lf" into .gitattributes.',
  },
  {
    sign: /exec .*: permission denied|\b(?:ba|da|a)?sh: (?!.*cannot ).*: permission denied$|exec: "[^"]+": permission denied/im,
    example: 'runc: exec failed: unable to start container process: exec: "./start.sh": permission denied: unknown',
    cause: 'The start command may not be executed: the Hub drops executable bits.',
    fix: 'Start it by name (sh start.sh), or RUN chmod +x in the Dockerfile.',
  },
  {
    sign: /exec: "([^"]+)": (?:executable file not found|stat )|\b(?:ba|da|a)?sh: (?:(?:line )?\d+: )?([^\s:]+): (?:command )?not found/i,
    example: 'exec: "uvicorn": executable file not found in $PATH: unknown',
    cause: 'The program $1 is not in the image, or not on its PATH.',
    fix: 'Install it in the Dockerfile, or give its whole path; for Python packages "python -m" finds more.',
  },
];
