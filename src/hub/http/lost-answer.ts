import { Failure } from '../../base/failure.ts';

/** The request left and no whole answer came back: whether the Hub acted must be looked up before anything is repeated. */
export class LostAnswer extends Failure {
  constructor(what: string, where: string, reason: string) {
    super('network', {
      what: `Whether the Hub did ${what} is not known: it ${reason}.`,
      where,
      cure: 'Run it again: it looks first and repeats only what is missing.',
    });
    this.name = 'LostAnswer';
  }
}
