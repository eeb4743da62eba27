import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EXPECTATIONS, type Expectation } from './expectations.ts';
import { type FirstContact, openFirstContact, QUESTIONS } from './first-contact/ask-all.ts';
import { putExpectations } from './put-expectations.ts';
import { realHub, realTarget } from './support/target.ts';

function leaveOut({ docker, localOnly }: Expectation): string | undefined {
  if (realHub.token === '') return 'there is no SPACEPORT_REAL_HUB_TOKEN';
  if (docker && !realHub.docker) return 'docker Spaces need a plan: SPACEPORT_REAL_HUB_DOCKER=1 puts them too';
  return localOnly;
}

// Nobody should take the real Hub for compared when it was not.
const reasons = Object.entries(Object.groupBy(EXPECTATIONS, (expectation) => leaveOut(expectation) ?? ''));
for (const [reason, expectations = []] of reasons.filter(([reason]) => reason !== '')) {
  process.stderr.write(
    `\nSKIPPED: ${expectations.length} of ${EXPECTATIONS.length} expectations are not put to the real Hub, since ${reason}` +
      ' (emulator/README.md, "Against the real Hub").\n',
  );
}

putExpectations({ open: realTarget, leaveOut });

/** A real Hub takes minutes for what the local one does at once. */
const PATIENCE = { atOnceMs: 3_000, quietMs: 60_000, buildMs: 600_000, pollMs: 1_000 };
const ASKED_MS = 1_200_000;

describe('hub-contract §24, "Not established"', () => {
  const put = realHub.token === '' ? test.skip : test;
  let contact: FirstContact | undefined;
  if (realHub.token !== '') {
    beforeAll(async () => {
      const { docker, publisher, databaseHost } = realHub;
      const target = await realTarget();
      contact = await openFirstContact({ ...target, patience: PATIENCE, means: { docker, publisher, databaseHost } });
    });
    afterAll(async () => {
      if (contact === undefined) return;
      const left = await contact.close();
      mkdirSync(realHub.record, { recursive: true });
      for (const [question = '', exchanges] of Object.entries(
        Object.groupBy(contact.exchanges, (each) => each.question),
      ))
        writeFileSync(join(realHub.record, `${question || 'setup'}.json`), `${JSON.stringify(exchanges, null, 2)}\n`);
      writeFileSync(join(realHub.record, 'table.md'), `${contact.table()}\n`);
      process.stdout.write(`\n${contact.table()}\n\nThe requests and answers are in ${realHub.record}/.\n`);
      expect(left).toEqual([]);
    }, ASKED_MS);
  }
  for (const question of QUESTIONS) {
    put(
      `${question.number} has one of the answers that the contract lists`,
      async () => {
        const finding = await contact?.ask(question);
        expect(finding).not.toMatchObject({ kind: 'other' });
      },
      ASKED_MS,
    );
  }
});
