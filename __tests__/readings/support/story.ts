import { expect } from '@jest/globals';
import type { ChosenReadings } from '../../../emulator/readings.ts';
import { type Deployed, openReadingsLab, type ReadingsLab } from './lab.ts';

/** Several deployments to one Hub, each compared with how it must end under every reading. */
export interface Story {
  readonly lab: ReadingsLab;
  /** Compares the end of a run, and what is served then, with for example `rolled-back, red, serves 2 staging`. */
  step(title: string, run: Promise<Deployed>, ends: string): Promise<Deployed>;
  /** Compares something else that must be so. */
  check(title: string, actual: unknown, expected: unknown): void;
}

/** Tells a story; what differs from what it expects is shown all at once, with what the runs said. */
export async function tell(readings: ChosenReadings, told: (story: Story) => Promise<void>, id = 'me/app') {
  await using lab = await openReadingsLab(readings);
  const differences: unknown[] = [];
  const check = (title: string, actual: unknown, expected: unknown, said?: object) => {
    if (JSON.stringify(actual) !== JSON.stringify(expected)) differences.push({ title, actual, expected, ...said });
  };
  await told({
    lab,
    check,
    async step(title, running, ends) {
      const run = await running;
      const place = run.outputs['app-url'] === undefined ? undefined : lab.hub.space(id);
      const served = place === undefined ? 'nothing' : await servedBy(lab, id);
      const { errors, warnings, heard } = run;
      const lines = heard.filter((line) => line.startsWith('say ')).slice(-15);
      const end = `${run.result}${run.failed ? ', red' : ''}, serves ${served}`;
      check(title, end, ends, { errors, warnings, lines });
      return run;
    },
  });
  expect(differences).toEqual([]);
}

/** The text of a static site, or what the app says of itself. */
async function servedBy(lab: ReadingsLab, id: string): Promise<string> {
  const text = await lab.served(lab.space(id).sdk === 'static' ? '/data.txt' : '/health', id);
  if (!text.startsWith('{')) return text;
  const { version, environment, greeting } = JSON.parse(text) as Readonly<Record<string, string | undefined>>;
  return [version, environment, greeting].filter(Boolean).join(' ');
}
