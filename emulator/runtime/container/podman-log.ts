import type { LogWriter } from '../log/log.ts';
import type { BuildLog } from './build-log.ts';

/** `STEP 2/5: RUN make`, `[1/2] STEP 2/5: RUN make`. */
const STEP = /^(?:\[\d+\/\d+\] )?STEP \d+\/\d+: (.*)$/s;
const RUN_FAILED = /^Error: building at STEP "RUN (.*)": .*exit status (\d+)$/s;

/** Writes what podman prints as the Hub's build log has it (hub-contract §15). */
export function podmanLog(log: LogWriter): BuildLog {
  let isCached = false;
  let isOpen = false;
  let lastLine = '';
  /** Of podman itself: the step was never begun. */
  let noContainer: string | undefined;
  return {
    line(line) {
      const [, step] = STEP.exec(line) ?? [];
      if (step !== undefined) {
        // Only FROM has no answer of its own.
        if (isOpen) log('DONE 0.0s\n');
        // Our own label is no step of the Dockerfile.
        isOpen = !step.startsWith('LABEL "spaceport.');
        isCached = false;
        if (isOpen) log(`--> ${step}\n`);
      } else if (line.startsWith('--> Using cache ')) isCached = true;
      else if (/^--> [0-9a-f]+$/.test(line)) {
        if (isOpen) log(isCached ? 'CACHED\n' : 'DONE 0.0s\n');
        isOpen = false;
      } else if (
        /^(\[\d+\/\d+\] )?COMMIT |^Successfully tagged |^[0-9a-f]{64}$|^\[Warning\] one or more build args/.test(line)
      )
        isOpen = false;
      else if (!line.startsWith('Error: ') && isOpen) log(`${line}\n`);
      if (line.startsWith('error running container: ')) noContainer = line;
      if (line.trim() !== '') lastLine = line;
    },
    reason() {
      if (noContainer !== undefined) return noContainer;
      const [, command, code] = RUN_FAILED.exec(lastLine) ?? [];
      if (command !== undefined)
        return `process "/bin/sh -c ${command}" did not complete successfully: exit code: ${code}`;
      const [, missing] = /stat: "?(\/[^":]*)"?: no such file/.exec(lastLine) ?? [];
      return missing === undefined
        ? `failed to solve: ${lastLine.replace(/^Error: /, '')}`
        : `failed to solve: failed to compute cache key: failed to calculate checksum of ref: "${missing}": not found`;
    },
  };
}
