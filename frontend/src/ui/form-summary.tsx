import { Alert } from '@cmsgov/design-system';
import type { ReactNode } from 'react';
import type { FieldProblem, Problem } from '../api/types';

/** What is wrong with a form after a try to send it. */
export interface Outcome {
  /** Text by the name of the field. */
  fields: Readonly<Record<string, string>>;
  /** What is wrong apart from the fields. */
  details: readonly string[];
  /** Rises with each try, so that the summary takes the focus each time. */
  attempt: number;
}

export const NOTHING_WRONG: Outcome = { fields: {}, details: [], attempt: 0 };

/** The field that a problem is about: a name such as `email`, or `questions/0/answer` for a part of one. */
const fieldOf = ({ pointer }: FieldProblem, names: readonly string[]) =>
  names.find((name) => pointer === `/${name}` || pointer.startsWith(`/${name}/`));

/** The portal's problem at the fields of a form; what belongs to none of them comes apart (PLT-3). */
export function outcomeOf(problem: Problem, names: readonly string[], attempt: number): Outcome {
  const errors = problem.errors ?? [];
  const fields: Record<string, string> = {};
  for (const error of errors) {
    const name = fieldOf(error, names);
    if (name === undefined) continue;
    const told = fields[name];
    if (told !== error.detail) fields[name] = told ? `${told} ${error.detail}` : error.detail;
  }
  const details = errors
    .filter((error) => fieldOf(error, names) === undefined)
    .map(({ detail }) => detail);
  return { fields, details: errors.length > 0 ? details : [problem.detail], attempt };
}

interface Props {
  heading: string;
  outcome: Outcome;
  /** Id of the element that takes the focus for a field. */
  idOf: (field: string) => string;
  children?: ReactNode;
}

/** All that is wrong in one place that takes the focus, with a way to each field (WCAG 3.3.1). */
export function FormSummary({ heading, outcome, idOf, children }: Props) {
  const fields = Object.entries(outcome.fields);
  if (fields.length + outcome.details.length === 0) return null;
  return (
    <Alert key={outcome.attempt} variation="error" autoFocus heading={heading}>
      <ul className="p-summary">
        {fields.map(([name, text]) => (
          <li key={name}>
            <a
              href={`#${idOf(name)}`}
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(idOf(name))?.focus();
              }}
            >
              {text}
            </a>
          </li>
        ))}
        {outcome.details.map((detail) => (
          <li key={detail}>{detail}</li>
        ))}
      </ul>
      {children}
    </Alert>
  );
}
