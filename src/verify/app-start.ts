import { appOf, askApp, VISIT } from '../health/app.ts';
import { healthPathOf } from '../health/health-path.ts';
import type { Session } from '../hub/hub.ts';
import { isRunning } from '../hub/stages.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Source } from '../source/source.ts';
import type { PresentSpace } from '../space/space-state.ts';
import { lastStart } from './run-log.ts';

/** By what one start of an app is told from another, as far as it can be known (hub-contract §24, U3 and U4). */
export interface AppStart {
  /** The process that answers, as the Hub's proxy names it. */
  readonly replica?: string | undefined;
  /** When its log says that it started, by the Hub's clock, in milliseconds since the epoch. */
  readonly startedAt?: number | undefined;
}

/** Nothing is known of the start. */
export const UNKNOWN_START: AppStart = {};

/** Where an app is asked, and of which Space it is. */
interface Asked {
  readonly id: string;
  readonly appUrl: string;
  readonly isPrivate: boolean;
  readonly healthPath: string;
}

/**
 * Which start of the app runs now, by one GET to it; `withLog` also asks its log when it started, which takes longer.
 */
export async function readAppStart(session: Session, asked: Asked, withLog: boolean): Promise<AppStart> {
  const [response, startedAt] = await Promise.all([
    askApp(appOf(session, asked), { ...VISIT, path: asked.healthPath }),
    withLog ? lastStart(session, asked.id) : undefined,
  ]);
  return { replica: response.kind === 'answered' ? response.replica : undefined, startedAt };
}

/**
 * Which start of the app runs before its settings are changed. A Space that does not run is not asked: a visit could
 * wake it, and whatever runs later is another start anyway.
 */
export async function startBeforeWrite(
  session: Session,
  { id, appUrl, visibility, runtime, sdk }: PresentSpace,
  inputs: Pick<Inputs, 'healthPath'>,
  source: Pick<Source, 'requestedSdk'>,
): Promise<AppStart> {
  if (sdk === 'static' || !isRunning(runtime.stage)) return UNKNOWN_START;
  const healthPath = healthPathOf(inputs, source);
  return readAppStart(session, { id, appUrl, healthPath, isPrivate: visibility === 'private' }, false);
}

/** After what a start must have come. */
export interface Since {
  /** The start that ran before. */
  readonly before: AppStart;
  /** Milliseconds since the epoch. */
  readonly wroteAt: number;
  /** Whether one write alone restarts the app: otherwise another process may be that of an earlier write. */
  readonly isSingle: boolean;
  /** Whether one process alone answers: otherwise another name may be of another process of the same start. */
  readonly hasOneReplica: boolean;
}

/**
 * Whether the process that answers was started after the last write. What the log says is not enough alone: while the
 * app starts, the process from before goes on answering. Pure.
 */
export function isNewStart({ replica, startedAt = 0 }: AppStart, { before, wroteAt, ...since }: Since): boolean {
  const isAnother = before.replica !== undefined && replica !== undefined && replica !== before.replica;
  return since.hasOneReplica && isAnother && (since.isSingle || startedAt > wroteAt);
}
