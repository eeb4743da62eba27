/** One thing that is wrong with a request. */
export interface Problem {
  /** The path of the field, such as leads[0].company_size. */
  field: string;
  rule: string;
}

/** The body of every answer that is not a success. */
export interface Refusal {
  error: string;
  problems: Problem[];
}
