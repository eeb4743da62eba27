import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** A token with the place where it was found, or why there is none to be had. */
export type FoundToken =
  | { readonly kind: 'found'; readonly token: string; readonly from: string }
  | { readonly kind: 'none'; readonly looked: readonly string[] }
  | { readonly kind: 'wrong'; readonly what: string };

/**
 * The Hub token: from the file that a flag names, else from HF_TOKEN, else from where `hf auth login` keeps it, as the
 * Hub's own Python client looks for it (huggingface_hub, `get_token`).
 */
export async function findToken(env: Env, file: string | undefined): Promise<FoundToken> {
  if (file !== undefined) return tokenIn(await read(file), `the file ${file}`);
  for (const name of ['HF_TOKEN', 'HUGGING_FACE_HUB_TOKEN']) {
    const value = clean(env[name]);
    if (value !== '') return tokenIn(value, `the environment variable ${name}`);
  }
  const path = tokenPath(env);
  const stored = await read(path);
  return stored === undefined || clean(stored) === ''
    ? { kind: 'none', looked: ['HF_TOKEN', path] }
    : tokenIn(stored, `the file ${path}`);
}

function tokenIn(text: string | undefined, from: string): FoundToken {
  if (text === undefined) return { kind: 'wrong', what: `${from} cannot be read.` };
  const token = clean(text);
  return /^hf_[\x21-\x7e]+$/.test(token)
    ? { kind: 'found', token, from }
    : { kind: 'wrong', what: `${from} has no Hugging Face token: those begin with hf_ and contain no spaces.` };
}

/** HF_TOKEN_PATH, else `token` below HF_HOME, else below `huggingface` of the user's cache. */
export function tokenPath(env: Env): string {
  const cache = env['XDG_CACHE_HOME'] || join(home(env), '.cache');
  const hfHome = expanded(env['HF_HOME'] || join(cache, 'huggingface'), env);
  return expanded(env['HF_TOKEN_PATH'] || join(hfHome, 'token'), env);
}

/** `~` and variables in a path, as Python's `expanduser` and `expandvars` do it; a variable that is not set stays. */
function expanded(path: string, env: Env): string {
  return path
    .replace(/^~(?=$|[/\\])/, () => home(env))
    .replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced, bare) => env[braced ?? bare] ?? whole);
}

function home(env: Env): string {
  return env['HOME'] || env['USERPROFILE'] || homedir();
}

async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}

function clean(text: string | undefined): string {
  return (text ?? '').replaceAll(/[\r\n]/g, '').trim();
}
