import { randomUUID } from 'node:crypto';
import * as core from '@actions/core';
import { type DeploymentRecords, deploymentRecords } from './deployment-record.ts';
import { type PullRequest, writeComment } from './pull-request-comment.ts';
import { createRedactor } from './redactor.ts';

/** What the job summary of one step may hold at most, in bytes (GitHub, 2026). */
const SUMMARY_BYTES = 1024 * 1024;
/** And a comment: 65,536 characters. */
const COMMENT_BYTES = 65_000;

/** What a person said; nobody may be there who could. */
export type Answer = 'yes' | 'no' | 'nobody to ask';

/**
 * GitHub's runner, or a terminal: where inputs come from, and the only way that anything is said. Every text loses its secrets here,
 * but for outputs: most are made of what is public, where a secret that is an ordinary word must not break a URL.
 */
export interface Runner {
  input(name: string): string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Makes a value a secret of this run: masked by GitHub, and taken out of all that is said here. */
  mask(secret: string): void;
  /**
   * A name that everybody may read: it stays whole in all that is said, even where a secret is a part of it. Absent where
   * what is said stays with the person who gave the secrets.
   */
  keep?(name: string): void;
  redact(text: string): string;
  say(line: string): void;
  /** For whoever looks for a fault: shown only when asked for. Absent where nobody can ask. */
  debug?(line: string): void;
  /** Says where an input comes from; absent where nobody asked. */
  explain?: ((line: string) => void) | undefined;
  /** Lines that somebody else wrote: shown as they are, but no command in them is obeyed. */
  quote(lines: readonly string[]): void;
  startGroup(title: string): void;
  endGroup(): void;
  annotate(level: 'notice' | 'warning' | 'error', message: string, title?: string): void;
  /** Sets an output as it is. One that cannot be written is kept for `lostOutputs`. */
  output(name: string, value: string): void;
  /** What later steps will not read, and why; absent where outputs are no files. */
  lostOutputs?(): LostOutputs | undefined;
  /** Writes the job summary; one that cannot be written is a warning. */
  summarise(markdown: string): Promise<void>;
  /** Writes a comment on a pull request, or edits the one with the same first line. Rejects with what GitHub said. */
  comment(on: PullRequest, markdown: string): Promise<void>;
  /** GitHub's records of deployments; absent where the run is not GitHub's. */
  readonly records?: DeploymentRecords;
  /** GitHub's OIDC token for an audience; undefined where the job has no `id-token: write`. */
  idToken(audience: string): Promise<string | undefined>;
  fail(): void;
  /** Asks a person; absent where what is asked for is agreed to already, as in a workflow. */
  confirm?: ((question: string) => Promise<Answer>) | undefined;
  /** Whether a line that changes shows what is waited for, so that the log need not. */
  readonly hasLiveLine?: boolean | undefined;
}

/** Outputs that could not be written. */
export interface LostOutputs {
  readonly names: readonly string[];
  /** What the system said of the first. */
  readonly why: string;
}

const annotations = { notice: core.notice, warning: core.warning, error: core.error };

export function githubRunner(env: Readonly<Record<string, string | undefined>>): Runner {
  const redactor = createRedactor();
  const lost = new Set<string>();
  let whyLost = '';
  const say = (line: string) => core.info(redactor.redact(line));
  const mask = (secret: string) => {
    // Of a mask of several lines GitHub masks each line, `{` too; those that matter are among the forms.
    for (const form of redactor.add(secret)) if (!/[\r\n]/.test(form)) core.setSecret(form);
  };
  const annotate: Runner['annotate'] = (level, message, title) =>
    annotations[level](redactor.redact(message), title === undefined ? {} : { title: redactor.redact(title) });
  return {
    env,
    mask,
    say,
    annotate,
    debug: (line) => core.debug(redactor.redact(line)),
    keep: redactor.keep,
    redact: redactor.redact,
    input: (name) => core.getInput(name),
    quote(lines) {
      const resume = randomUUID();
      core.info(`::stop-commands::${resume}`);
      for (const line of lines) core.info(redactor.redactLine(line));
      core.info(`::${resume}::`);
    },
    startGroup: (title) => core.startGroup(redactor.redact(title)),
    endGroup: core.endGroup,
    output(name, value) {
      try {
        core.setOutput(name, value);
      } catch (error) {
        whyLost ||= saidOf(error);
        lost.add(name);
      }
    },
    lostOutputs: () => (lost.size === 0 ? undefined : { names: [...lost], why: whyLost }),
    async summarise(markdown) {
      const file = env['GITHUB_STEP_SUMMARY'];
      if (!file) return;
      try {
        await core.summary.addRaw(fitting(redactor.redact(markdown), SUMMARY_BYTES), true).write({ overwrite: true });
      } catch (error) {
        annotate('warning', summaryFailed(file, saidOf(error)));
      }
    },
    comment: (on, markdown) => writeComment(on, fitting(redactor.redact(markdown), COMMENT_BYTES)),
    records: deploymentRecords(redactor.redact),
    idToken: (audience) => githubIdToken(env, mask, audience),
    fail: () => {
      process.exitCode = 1;
    },
  };
}

function saidOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A run is none the worse for it: the log has all that the summary would say. */
function summaryFailed(file: string, why: string): string {
  return [
    'The job summary could not be written; the log has all of it.',
    `Where: ${file}, which GITHUB_STEP_SUMMARY names`,
    `Cause: ${why}`,
    'Fix: Let GITHUB_STEP_SUMMARY name a file that this step may write, or leave it unset.',
  ].join('\n');
}

/** GitHub's OIDC token for an audience, masked; undefined where the job has no `id-token: write`. */
export async function githubIdToken(
  env: Runner['env'],
  mask: Runner['mask'],
  audience: string,
): Promise<string | undefined> {
  if (!env['ACTIONS_ID_TOKEN_REQUEST_URL']) return undefined;
  const token = await core.getIDToken(audience);
  mask(token);
  return token;
}

/** The text, or as much of it as fits, at whole lines, saying that it was cut. */
function fitting(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  const notice = '\n\n_This was longer than GitHub allows; the rest is in the log._\n';
  const cut = Buffer.from(text)
    .subarray(0, bytes - Buffer.byteLength(notice))
    .toString();
  return cut.slice(0, cut.lastIndexOf('\n')) + notice;
}
