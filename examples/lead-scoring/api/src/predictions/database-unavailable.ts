/** The database did not answer, or not in time; nothing is known to be stored. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}
