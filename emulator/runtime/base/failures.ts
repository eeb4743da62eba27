/** The README or the Dockerfile does not say what to build; nothing was built (hub-contract §13.2). */
export class ConfigFailure extends Error {
  readonly stage: 'CONFIG_ERROR' | 'NO_APP_FILE';

  constructor(stage: 'CONFIG_ERROR' | 'NO_APP_FILE', message: string) {
    super(message);
    this.stage = stage;
  }
}

/** A step of the build failed. The message is the Hub's. */
export class BuildFailure extends Error {
  readonly reason: string;

  constructor(exitCode: number, reason: string) {
    super(`Job failed with exit code: ${exitCode}. Reason: ${reason}`);
    this.reason = reason;
  }
}

/** The app ended, or never opened its port. The message is the Hub's. */
export class StartFailure extends Error {}
