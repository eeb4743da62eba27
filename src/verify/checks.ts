import { GRADIO_CHECK } from '../health/gradio-check.ts';
import type { Check, Inputs } from '../inputs/inputs.ts';
import type { Source } from '../source/source.ts';
import type { PresentSpace } from '../space/space-state.ts';

/** What a version is asked once it is healthy. */
export interface Checks {
  readonly requests: readonly Check[];
  readonly command?: CheckCommand | undefined;
  /** Whether somebody asked for any of them: then there is no success without them. */
  readonly isAskedFor: boolean;
}

export interface CheckCommand {
  readonly script: string;
  /** The workspace. */
  readonly directory: string;
  /** What it is told, as variables of its environment. */
  readonly variables: Readonly<Record<string, string>>;
  /** What it must not learn, besides the token of the session. */
  readonly tokens: readonly string[];
}

/** What the person asked for, and what every Gradio app is asked unless `checks` is an empty list. */
export function checksOf(
  inputs: Pick<Inputs, 'checks' | 'checkCommand' | 'workspace' | 'environment' | 'token' | 'githubToken'>,
  { requestedSdk }: Pick<Source, 'requestedSdk'>,
  about: {
    readonly space: Pick<PresentSpace, 'id' | 'appUrl'>;
    readonly commit: string;
    readonly previousCommit?: string | undefined;
  },
): Checks | undefined {
  const given = inputs.checks ?? [];
  const isGradio = requestedSdk === 'gradio' && (inputs.checks === undefined || given.length > 0);
  const requests = isGradio ? [GRADIO_CHECK, ...given] : given;
  const isAskedFor = given.length > 0 || inputs.checkCommand !== undefined;
  if (requests.length === 0 && !isAskedFor) return undefined;
  return { requests, command: commandOf(inputs, about), isAskedFor };
}

function commandOf(
  { checkCommand, workspace, environment, token, githubToken }: Parameters<typeof checksOf>[0],
  { space, commit, previousCommit = '' }: Parameters<typeof checksOf>[2],
): CheckCommand | undefined {
  if (checkCommand === undefined) return undefined;
  return {
    script: checkCommand,
    directory: workspace,
    variables: {
      APP_URL: space.appUrl,
      SPACE: space.id,
      ENVIRONMENT: environment,
      COMMIT: commit,
      PREVIOUS_COMMIT: previousCommit,
    },
    tokens: [token?.value, githubToken].filter((each) => each !== undefined),
  };
}

/** A check for people: `POST /predict`. */
export function nameOf({ method, path }: Check): string {
  return `${method} ${path}`;
}
