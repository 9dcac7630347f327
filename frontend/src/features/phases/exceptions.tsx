import { Button, Dialog } from '@cmsgov/design-system';
import { useState } from 'react';
import { Link } from 'wouter';
import { problemOf } from '../../api/client';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { currentCursor } from '../messages/cursor-stack';
import type { CursorStack } from '../messages/cursor-stack';
import { StackPager } from '../messages/pager';
import { OrganizationChoices, WaveChoices } from './choices';
import { scopePath } from './paths';
import { useExceptions } from './queries';
import type { Exceptional } from './types';

/** Waves or practices with phases of their own, and a way to any other (ORG-8). */
export function Exceptions({ of }: { of: Exceptional }) {
  const { t } = useTexts();
  const [stack, setStack] = useState<CursorStack>([]);
  const [choosing, setChoosing] = useState(false);
  const { data, error, refetch, isPlaceholderData } = useExceptions(of, currentCursor(stack));
  const choose = t(`phases.choose.${of}`);
  const heading = `phases-${of}s`;
  return (
    <section className="p-card" aria-labelledby={heading}>
      <h2 id={heading} className="ds-text-heading--lg p-flat">
        {t(of === 'wave' ? 'phases.waves' : 'phases.organizations')}
      </h2>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.items.length === 0 && (
        <p>{t(of === 'wave' ? 'phases.noWaves' : 'phases.noOrganizations')}</p>
      )}
      <ul className="p-plain p-gap-top">
        {data?.items.map(({ id, name, features }) => (
          <li key={id}>
            <Link href={scopePath(id)}>{name}</Link>{' '}
            <span className="p-muted">
              {features.map((feature) => t(`access.feature.${feature}`)).join(', ')}
            </span>
          </li>
        ))}
      </ul>
      {data && (
        <StackPager
          label={t('phases.pages')}
          stack={stack}
          next={isPlaceholderData ? null : data.next_cursor}
          onMove={setStack}
        />
      )}
      <p className="p-flat p-gap-top">
        <Button onClick={() => setChoosing(true)}>{choose}</Button>
      </p>
      <Dialog
        isOpen={choosing}
        onExit={() => setChoosing(false)}
        heading={choose}
        ariaCloseLabel={t('app.close')}
      >
        {choosing && (of === 'wave' ? <WaveChoices /> : <OrganizationChoices />)}
      </Dialog>
    </section>
  );
}
