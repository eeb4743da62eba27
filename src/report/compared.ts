import type { Compared } from './run-event.ts';

/** What was found of the files of a Space, as a sentence. */
export const COMPARED: Readonly<Record<Compared, string>> = {
  'same-content': 'Its files are those of this source, as its digest says.',
  'same-source':
    'It was deployed from this source, as its digest says; `card`, `rename`, `exclude` or `sdk` were different then.',
  'same-files': 'It has the files of this source.',
  'no-source': 'Nothing is checked out, so its files were not compared.',
};
