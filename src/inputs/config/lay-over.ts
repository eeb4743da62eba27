import type { InputName } from '../inputs.ts';
import type { RawInputs } from '../raw-inputs.ts';
import type { FileValue } from './config.ts';
import { FORMS, isInputName } from './forms.ts';
import type { Sourced } from './merge-layers.ts';

/** The inputs of the step, and where it gives none those of the file. `ids` are Spaces that the file names otherwise. */
export function layOver(
  given: RawInputs,
  values: ReadonlyMap<InputName, Sourced>,
  ids: ReadonlyMap<string, string>,
): RawInputs {
  const ofFile = (name: string) => (isInputName(name) ? values.get(name)?.value : undefined);
  return {
    ...given,
    text: (name) => ids.get(name) ?? (given.text(name) || lineText(name, ofFile(name))),
    below(name) {
      if (!isInputName(name) || (FORMS[name].kind !== 'settings' && FORMS[name].kind !== 'map')) return new Map();
      return new Map([...(ofFile(name)?.entries ?? [])].map(([key, { value }]) => [key, value]));
    },
  };
}

/** A value of the file as the text that the step would be given; empty for a map. */
export function lineText(name: string, value: FileValue | undefined): string {
  if (value === undefined || !isInputName(name)) return '';
  const { text, entries } = value;
  const form = FORMS[name];
  if (entries === undefined) return text;
  if (form.kind === 'names') return [...entries.keys()].join('\n');
  if (form.kind !== 'list') return '';
  return [...entries].map(([key, entry]) => `${key}${form.joins ?? ''}${entry.value ?? ''}`).join('\n');
}
