import { EXPECTATIONS, type Expectation } from './expectations.ts';
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
