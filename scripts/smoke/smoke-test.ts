import { setTimeout as pause } from 'node:timers/promises';
import { scoreLead } from '../rehearse/score-lead.ts';

export interface SmokeTest {
  /** The environment that the API must report. */
  readonly environment: string;
  readonly apiUrl: string;
  readonly dashboardUrl: string;
  /** Tries for each request, including the first one. */
  readonly attempts: number;
  readonly pauseMs: number;
  readonly say: (line: string) => void;
}

/** Asks both apps from outside, as a user would. It sends every request, so that one run shows everything that is wrong. */
export async function smokeTest({ environment, apiUrl, dashboardUrl, say, ...patience }: SmokeTest): Promise<boolean> {
  const questions = [
    () => askHealth(apiUrl, environment),
    () => scoreLead(apiUrl),
    () => askDashboard(`${dashboardUrl}/_stcore/health`),
  ];
  let well = true;
  for (const ask of questions) well = (await asked(ask, patience, say)) && well;
  return well;
}

async function asked(
  ask: () => Promise<string>,
  { attempts, pauseMs }: Pick<SmokeTest, 'attempts' | 'pauseMs'>,
  say: (line: string) => void,
): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    try {
      say(`✓ ${await ask()}`);
      return true;
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      if (attempt >= attempts) {
        say(`::error title=Smoke test::${what.replaceAll('%', '%25').replaceAll(/\r?\n/g, '%0A')}`);
        return false;
      }
      say(`  ${attempt}/${attempts}: ${what.split('\n', 1)[0]}`);
      await pause(pauseMs);
    }
  }
}

async function askHealth(apiUrl: string, environment: string): Promise<string> {
  const answer = await get(`${apiUrl}/health`);
  const { status, environment: says } = JSON.parse(answer) as { status?: unknown; environment?: unknown };
  if (status !== 'healthy' || says !== environment)
    throw new Error(`GET ${apiUrl}/health: expected healthy and ${environment}, got ${answer}`);
  return `GET ${apiUrl}/health: healthy, ${environment}`;
}

async function askDashboard(url: string): Promise<string> {
  const answer = (await get(url)).trim();
  if (answer !== 'ok') throw new Error(`GET ${url}: expected ok, got ${answer.slice(0, 200)}`);
  return `GET ${url}: ok`;
}

/** GET, because some apps answer HEAD with 405. Throws for every status except 2xx. */
async function get(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(20_000) });
  const body = await response.text();
  if (!response.ok) throw new Error(`GET ${url} answered ${response.status} ${body.slice(0, 200)}`);
  return body;
}
