import type { Command } from '../image/image.ts';

/** A language or tool that an image has, and its version: undefined where the tag leaves that open. */
export interface ProgramOfImage {
  readonly name: 'python' | 'node' | 'bun' | 'deno' | 'uv';
  readonly version: string | undefined;
}

/** What stands in for a base image: its own files are not on this machine, but programs of this machine are. */
export interface StandIn {
  readonly image: string;
  readonly programs: readonly ProgramOfImage[];
  readonly cmd: Command | undefined;
  readonly entrypoint: Command | undefined;
  readonly env: Readonly<Record<string, string>>;
  readonly workdir: string;
  /** It has the language and hardly anything else; other images also have compilers, git, curl and libraries. */
  readonly isSlim: boolean;
  /** Another C library than this machine's, so other builds of compiled packages. */
  readonly isAlpine: boolean;
}

export type BaseImage = StandIn | { readonly refused: string };

interface Reference {
  /** `library/python` without the registry of Docker. */
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

const CODENAMES: Readonly<Record<string, string>> = {
  argon: '4',
  boron: '6',
  carbon: '8',
  dubnium: '10',
  erbium: '12',
  fermium: '14',
  gallium: '16',
  hydrogen: '18',
  iron: '20',
  jod: '22',
  krypton: '24',
};
const SYSTEMS = /^(?:debian|ubuntu|alpine|buildpack-deps|busybox|scratch)$/;
/** Variants that are no other program: systems and sizes. */
const VARIANT =
  /^(?:slim|alpine[\d.]*|(?:slim-)?(?:buster|bullseye|bookworm|trixie|forky|stretch|jessie)(?:-slim)?|debian(?:-slim)?|distroless|noble|jammy)$/;

/** What this engine can put in the place of an image; pure, so whether this machine has it is not asked yet. */
export function baseImage(image: string): BaseImage {
  const { repository, tag, digest } = referenceOf(image);
  if (digest !== undefined && tag === undefined && !SYSTEMS.test(repository)) {
    return refusal(image, 'its digest does not tell which version it has');
  }
  switch (repository) {
    case 'python':
      return language(image, 'python', tag);
    case 'node':
      return language(image, 'node', codename(tag));
    case 'oven/bun':
      return language(image, 'bun', tag);
    case 'denoland/deno':
      return language(
        image,
        'deno',
        tag
          ?.replace(/^(alpine|debian|distroless|ubuntu|bin)-(.+)$/, '$2-$1')
          .replace(/-(ubuntu|bin)$/, '')
          .replace(/^(ubuntu|bin)$/, 'latest'),
      );
    case 'ghcr.io/astral-sh/uv':
    case 'astral/uv':
      return uvImage(image, tag ?? 'latest');
    default:
      if (SYSTEMS.test(repository)) return { ...standIn(image, []), isSlim: true, isAlpine: repository === 'alpine' };
      return refusal(image, 'its programs and files are not on this machine');
  }
}

/** The files of an image that `COPY --from` may take, with the program whose executable each is. */
export function programFiles({ programs }: StandIn): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const { name } of programs) {
    if (name === 'uv')
      Object.assign(files, { '/uv': 'uv', '/uvx': 'uvx', '/usr/local/bin/uv': 'uv', '/usr/local/bin/uvx': 'uvx' });
    if (name === 'bun') Object.assign(files, { '/usr/local/bin/bun': 'bun', '/usr/local/bin/bunx': 'bunx' });
    if (name === 'deno')
      Object.assign(files, {
        '/deno': 'deno',
        '/bin/deno': 'deno',
        '/usr/bin/deno': 'deno',
        '/usr/local/bin/deno': 'deno',
      });
    if (name === 'node') files['/usr/local/bin/node'] = 'node';
  }
  return files;
}

function referenceOf(image: string): Reference {
  const [name = '', digest] = image.split('@', 2);
  const slash = name.lastIndexOf('/');
  const colon = name.indexOf(':', slash + 1);
  const repository = (colon === -1 ? name : name.slice(0, colon))
    .replace(/^(?:docker\.io|index\.docker\.io|registry-1\.docker\.io|mirror\.gcr\.io|public\.ecr\.aws\/docker)\//, '')
    .replace(/^library\//, '');
  return { repository, tag: colon === -1 ? undefined : name.slice(colon + 1), digest };
}

/** `3.12.4-slim-bookworm`: a version, and a variant that says nothing about the program. */
function language(image: string, name: ProgramOfImage['name'], tag = 'latest'): BaseImage {
  const [, version, rest = ''] = /^(?:v?(\d+(?:\.\d+){0,2}))?-?(.*)$/.exec(tag) ?? [];
  const variant = rest.replace(/^(?:latest|lts|current)-?/, '');
  if (variant !== '' && !VARIANT.test(variant)) return refusal(image, `the tag ${tag} is not one that it knows`);
  // `python:3` is any 3: only two numbers choose a version of Python.
  const isOpen = version === undefined || (name === 'python' && version === '3');
  return {
    ...standIn(image, [{ name, version: isOpen ? undefined : version }]),
    ...STARTS[name],
    isSlim: /slim|alpine|distroless/.test(variant) || name === 'deno' || name === 'bun',
    isAlpine: /alpine/.test(variant),
  };
}

function codename(tag: string | undefined): string | undefined {
  const [first = '', ...rest] = tag?.split('-') ?? [];
  const version = Object.hasOwn(CODENAMES, first) ? CODENAMES[first] : undefined;
  return version === undefined ? tag : [version, ...rest].join('-');
}

/** `latest` and `0.8` are the program alone; `python3.12-bookworm-slim` and `0.8-python3.12-alpine` have a Python, too. */
function uvImage(image: string, tag: string): BaseImage {
  const [, version, rest = ''] = /^(?:(\d+(?:\.\d+){0,2})|latest)?-?(.*)$/.exec(tag) ?? [];
  const uv: ProgramOfImage = { name: 'uv', version };
  const [, python, variant = rest] = /^python(\d+\.\d+)-?(.*)$/.exec(rest) ?? [];
  if (variant !== '' && !VARIANT.test(variant)) return refusal(image, `the tag ${tag} is not one that it knows`);
  const programs: ProgramOfImage[] = python === undefined ? [uv] : [{ name: 'python', version: python }, uv];
  return {
    ...standIn(image, programs),
    cmd: { form: 'exec', words: ['uv'] },
    isSlim: /slim|alpine/.test(variant) || variant === '',
    isAlpine: /alpine/.test(variant),
  };
}

const STARTS: Readonly<Record<ProgramOfImage['name'], Partial<StandIn>>> = {
  python: { cmd: { form: 'exec', words: ['python3'] } },
  node: { cmd: { form: 'exec', words: ['node'] } },
  bun: { cmd: { form: 'exec', words: ['bun'] }, workdir: '/home/bun/app' },
  deno: { cmd: { form: 'exec', words: ['deno'] }, env: { DENO_DIR: '/deno-dir/' } },
  uv: {},
};

function standIn(image: string, programs: readonly ProgramOfImage[]): StandIn {
  const nothing = { cmd: undefined, entrypoint: undefined, env: {}, workdir: '/' };
  return { image, programs, ...nothing, isSlim: false, isAlpine: false };
}

function refusal(image: string, why: string): BaseImage {
  return { refused: `The process engine has nothing that can stand in for the image ${image}: ${why}.` };
}
