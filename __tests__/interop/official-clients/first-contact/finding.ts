import type { Contact } from './contact.ts';

/** What one question has led to. */
export type Finding =
  /** One of the readings of hub-contract §24. */
  | { readonly kind: 'reading'; readonly reading: string; readonly saw: string }
  /** What the contract has no reading for: the most interesting answer. */
  | { readonly kind: 'other'; readonly saw: string }
  | { readonly kind: 'not-asked'; readonly why: string };

export const reading = (letter: string, saw: string): Finding => ({ kind: 'reading', reading: letter, saw });
export const other = (saw: string): Finding => ({ kind: 'other', saw });
export const notAsked = (why: string): Finding => ({ kind: 'not-asked', why });

/** What this run may use. */
export interface Means {
  /** Whether docker Spaces may be made, which need a plan. */
  readonly docker: boolean;
  /** A job's identity, and the Space that trusts it, where there are any. */
  readonly publisher?: Publisher | undefined;
  /** A host with the ports 5432 and 6543, such as Supabase's pooler. */
  readonly databaseHost?: string | undefined;
}

export interface Publisher {
  readonly space: string;
  readonly idToken: string;
  /** What was entered as its workflow. */
  readonly workflow: string;
}

/** The Spaces that questions share; made when the first one needs them. */
export interface Place {
  readonly contact: Contact;
  readonly means: Means;
  readonly site: string;
  readonly app: string;
  /** What was seen while the app was built for the first time. */
  first?: FirstBuild | undefined;
}

export interface FirstBuild {
  /** The stage right after its creation. */
  readonly stage: string;
  readonly stages: readonly string[];
  /** The first line of the build log, and whether it came while the build went on. */
  readonly logLine: string | undefined;
}

export interface Question {
  readonly number: string;
  readonly needs: 'static' | 'docker' | 'publisher' | 'database';
  ask(place: Place): Promise<Finding>;
}
