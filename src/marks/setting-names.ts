/** The variable of a Space that says which environment it is. */
export const APP_ENV = 'APP_ENV';

/** The secret of a Space that has the address and password of its database. */
export const DATABASE_URL = 'DATABASE_URL';
