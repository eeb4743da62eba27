import { putExpectations } from './put-expectations.ts';
import { realHub, realTarget } from './support/target.ts';

const isAsked = realHub.token !== '';

if (!isAsked) {
  process.stderr.write(
    '\nSKIPPED: the expectations were NOT put to the real Hub, for want of SPACEPORT_REAL_HUB_TOKEN' +
      ' (emulator/README.md, "Against the real Hub").\n\n',
  );
} else if (!realHub.docker) {
  process.stderr.write(
    '\nSKIPPED: the expectations that need a docker Space, which needs a PRO, Team or Enterprise plan:' +
      ' set SPACEPORT_REAL_HUB_DOCKER=1 to put them too.\n\n',
  );
}

putExpectations({
  open: realTarget,
  leaveOut({ docker, localOnly }) {
    if (!isAsked) return 'there is no token';
    return docker && !realHub.docker ? 'docker Spaces need a plan' : localOnly;
  },
});
