import type { Check } from '../inputs/inputs.ts';

/**
 * Where Gradio describes its functions for the page and for clients. It fails there where versions of its packages do not
 * fit together, and answers everything else with success. An older Gradio has nothing there, one with a login
 * refuses, and an app of another kind may answer anything: none of that says that the app does not work.
 */
export const GRADIO_CHECK: Check = {
  method: 'GET',
  path: '/gradio_api/info',
  headers: {},
  expect: { status: { text: 'less than 500', from: 100, to: 499 }, says: [], headers: {} },
};
