import type { KnownCause } from './known-cause.ts';

/** What the Hub itself says of a Space (hub-contract §13.2). */
export const HUB_CAUSES: readonly KnownCause[] = [
  {
    sign: /Collision on variables and secrets/i,
    example: 'Collision on variables and secrets names',
    cause: 'A variable and a secret of the Space have the same name.',
    fix: 'Delete one of the two in the settings of the Space.',
  },
  {
    sign: /storage limit exceeded|Workload evicted|(?:storage|disk) quota exceeded|ephemeral[- ]storage/i,
    example: 'Workload evicted, storage limit exceeded (50G)',
    cause: 'The app has written more to its disk than the Space has, and was stopped for it.',
    fix: 'Keep less on it (50 GB on free hardware), and load models into memory or from a volume; a restart empties the disk.',
  },
  {
    sign: /exit code: 137|OOMKilled|heap out of memory|Memory limit exceeded|\bMemoryError\b|^Killed$|CUDA out of memory|OutOfMemoryError|sent SIGKILL/im,
    example: 'Job failed with exit code: 137. Reason: OOMKilled',
    cause: 'It ran out of memory.',
    fix: 'Load less at once, or choose larger hardware for the Space.',
  },
  {
    sign: /unable to schedule|not enough hardware capacity/i,
    example: 'Scheduling failure: unable to schedule',
    cause: 'The Hub has no machine free of the hardware that the Space asks for.',
    fix: 'Run it again later, or choose other hardware.',
  },
  {
    sign: /Flagged as abusive/i,
    example: 'Flagged as abusive',
    cause: 'The Hub has stopped this Space as abusive.',
    fix: 'Only the support of Hugging Face can lift this: website@huggingface.co.',
  },
  {
    sign: /No @spaces\.GPU function/i,
    example: 'No @spaces.GPU function detected during startup',
    cause: 'The hardware is ZeroGPU, and no function of the app asks for a GPU.',
    fix: 'Decorate one with @spaces.GPU, or choose other hardware.',
  },
  {
    sign: /application does not seem to be initialized/i,
    example: 'Exit code: 0. Reason: application does not seem to be initialized',
    cause: 'The script of the app ended without starting a server.',
    fix: 'Call launch() at the end of the Gradio app, or start a server that keeps running.',
  },
  {
    sign: /Launch timed out|workload was not healthy/i,
    example: 'Launch timed out, workload was not healthy after 30 min',
    cause: 'The app never opened the port that the Hub waits for.',
    fix: 'Listen on 0.0.0.0 (not 127.0.0.1), on the port that `app_port` names, 7860 by default.',
  },
];
