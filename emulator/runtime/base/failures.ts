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

/**
 * The engine has no stand-in for something that the image or the app needs: an image, a version, a program. It says
 * nothing about the app, so no stage and no message of the Hub fits it.
 */
export class CannotRehearse extends Error {
  /** Sentences for a person. */
  readonly reasons: readonly string[];

  constructor(...reasons: readonly string[]) {
    super(reasons.join(' '));
    this.reasons = reasons;
  }
}

/** The app ended, or never opened its port. The message is the Hub's. */
export class StartFailure extends Error {}
