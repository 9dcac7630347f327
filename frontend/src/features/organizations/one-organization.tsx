import type { ReactNode } from 'react';
import { problemOf } from '../../api/client';
import { Page } from '../../app/page';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { useOrganization } from './queries';
import type { Organization } from './types';

interface Props {
  id: string;
  /** Of the page while there is nothing to show. */
  title: string;
  children: (organization: Organization) => ReactNode;
}

/** A page about one practice, once it is there. */
export function OneOrganization({ id, title, children }: Props) {
  const { data, error, refetch } = useOrganization(id);
  if (data) return children(data);
  if (!error) return <Loading />;
  return (
    <Page title={title}>
      <ProblemAlert
        problem={problemOf(error)}
        retry={problemOf(error).status === 404 ? undefined : () => void refetch()}
      />
    </Page>
  );
}
