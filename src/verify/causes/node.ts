import type { KnownCause } from './known-cause.ts';

/** What npm and Node say. */
export const NODE_CAUSES: readonly KnownCause[] = [
  {
    sign: /npm (?:error|ERR!) code EUSAGE|can only install packages when your package\.json and package-lock\.json/i,
    example: 'npm error code EUSAGE',
    cause: 'package-lock.json does not fit package.json, or is not in the Space.',
    fix: 'Run npm install, and commit the lock file.',
  },
  {
    sign: /npm (?:error|ERR!) (?:code )?ERESOLVE/i,
    example: 'npm error code ERESOLVE',
    cause: 'Some of the npm packages cannot be installed together: one wants another version of a peer.',
    fix: 'Fix the versions in package.json that the log names, run npm install, and commit the lock file.',
  },
  {
    sign: /npm (?:error|ERR!) code E404[\s\S]*?'([^'\s]+)'/i,
    example:
      "npm error code E404\nnpm error 404 Not Found - GET https://registry.npmjs.org/expres - Not found\nnpm error 404  'expres@^4.0.0' is not in this registry.",
    cause: 'npm finds no package $1.',
    fix: 'Correct its name or version in package.json; a private package needs a token during the build.',
  },
  {
    sign: /npm (?:error|ERR!) Missing script: "?([^"\n]+)/i,
    example: 'npm error Missing script: "start"',
    cause: 'package.json has no script $1.',
    fix: 'Add it under `scripts`, or name one of those that are there in the Dockerfile.',
  },
  {
    sign: /npm (?:error|ERR!) enoent[^\n]*package\.json/i,
    example:
      "npm error enoent Could not read package.json: Error: ENOENT: no such file or directory, open '/app/package.json'",
    cause: 'npm finds no package.json in the image.',
    fix: 'COPY package.json and package-lock.json before the line that runs npm.',
  },
  {
    sign: /(?:Cannot find module|ERR_MODULE_NOT_FOUND\]: Cannot find module) '(\/[^']+)'/,
    example: "Error: Cannot find module '/app/dist/server.js'",
    cause: 'The file $1 of the app is not there.',
    fix: 'Was it committed, and built? Only what git tracks is deployed, only what the Dockerfile copies is in the image, and large and small letters count.',
  },
  {
    sign: /\b(?:ba|da|a)?sh: (?:(?:line )?\d+: )?(tsc|tsx|vite|next|nest|nuxt|webpack|rollup|esbuild|turbo|react-scripts|vue-cli-service|ng|astro|prisma|svelte-kit|remix): (?:command )?not found/,
    example: 'sh: 1: tsc: not found',
    cause: 'npm has not installed the tool $1, which the build of the app uses.',
    fix: 'Install the devDependencies before that line (npm ci without --omit=dev, and NODE_ENV=production only after it), or move the tool to the dependencies.',
  },
  {
    sign: /(?:Cannot find (?:module|package)|ERR_MODULE_NOT_FOUND\]: Cannot find \w+) '([^']+)'/,
    example: "Error: Cannot find module 'fastify'",
    cause: 'The Node module $1 is not there.',
    fix: 'Add it to the dependencies (not the devDependencies) of package.json, or COPY the file.',
  },
];
