import type { SpaceId } from './space-id.ts';

/** What a person may ask for; `streamlit` is deployed as a docker Space. */
export type Sdk = 'docker' | 'gradio' | 'static' | 'streamlit';
export type Visibility = 'public' | 'private' | 'protected';

/** A value with the place it came from, for messages and the summary. */
export interface Sourced<T> {
  readonly value: T;
  readonly from: string;
}

export interface Rename {
  readonly from: string;
  readonly to: string;
}

/** What the health answer must say: a value at a path of its JSON, or some words of its text. */
export type Expectation =
  | { readonly kind: 'json'; readonly path: string; readonly value: string }
  | { readonly kind: 'text'; readonly words: string };

/** Every input of the action, read once, checked, and typed. Absent means that it was not given. */
export interface Inputs {
  readonly space: SpaceId;
  readonly environment: string;
  readonly sdk?: Sdk;
  readonly token?: Sourced<string>;
  readonly variables: ReadonlyMap<string, string>;
  readonly secrets: ReadonlyMap<string, string>;
  readonly settingsStrategy: 'merge' | 'mirror';
  /** Absolute path of the directory to deploy, symbolic links resolved. */
  readonly directory: string;
  /** The same as the person wrote it. */
  readonly path: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly protect: readonly string[];
  readonly renames: readonly Rename[];
  /** Front matter keys to lay over those of the README. */
  readonly card: Readonly<Record<string, unknown>>;
  /** Of a new Space; an existing one is changed to it only when `explicit`. */
  readonly visibility: Sourced<Visibility> & { readonly explicit: boolean };
  readonly healthPath?: string;
  readonly healthExpect: readonly Expectation[];
  readonly timeoutMs: number;
  /** A Space that must run this very source, healthy. */
  readonly promotedFrom?: SpaceId;
  /** A Space whose database must not be ours. */
  readonly isolatedFrom?: SpaceId;
  readonly onFailure: 'rollback' | 'keep';
  readonly mode: 'deploy' | 'plan' | 'remove';
  /** What a plan must come to, else the run fails. */
  readonly expect?: 'unchanged';
  /** Flavor, as the Hub names it. */
  readonly hardware?: string;
  /** Without a visit, until the Space sleeps; -1 is never. */
  readonly sleepTimeSeconds?: number;
  /** Origin of the Hub, without a slash at its end. */
  readonly hubUrl: string;
  /** For comments on the pull request of this run; without one there are none. */
  readonly githubToken?: string;
  /** Of the run that deploys, for the commit's trailers. */
  readonly run: RunContext;
}

/** Who deploys, from GitHub's environment; everything is absent on a person's own machine. */
export interface RunContext {
  readonly repository?: string;
  readonly id?: string;
  readonly url?: string;
  /** Number of the pull request whose run this is. */
  readonly pullRequest?: number;
  /** A re-run, or a run that a person started: a wish, not an echo. */
  readonly isManual: boolean;
  /** A commit that a stranger wrote, in an event that nevertheless has the secrets of the repository. */
  readonly untrustedCommit?: string;
}

/** The inputs of `action.yml`, in its order; held to it by a test. */
export const INPUT_NAMES = [
  'space',
  'environment',
  'sdk',
  'token',
  'database-url',
  'secrets',
  'variables',
  'settings-strategy',
  'path',
  'include',
  'exclude',
  'protect',
  'rename',
  'card',
  'visibility',
  'health-path',
  'health-expect',
  'timeout',
  'on-failure',
  'mode',
  'expect',
  'hardware',
  'sleep-time',
  'promoted-from',
  'isolated-from',
  'hub-url',
  'github-token',
] as const;

export type InputName = (typeof INPUT_NAMES)[number];
