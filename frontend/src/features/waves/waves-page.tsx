import { Button, Dialog } from '@cmsgov/design-system';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { problemOf } from '../../api/client';
import { flash } from '../../app/announcer';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { EnrollmentTabs } from '../enrollment/enrollment-tabs';
import { wavePath } from '../enrollment/paths';
import { currentCursor } from '../messages/cursor-stack';
import type { CursorStack } from '../messages/cursor-stack';
import { StackPager } from '../messages/pager';
import { dayText } from '../review-overview/day';
import { useWaves, useWavesChanged } from './queries';
import type { Wave } from './types';
import { WaveForm } from './wave-form';
import { WaveTag } from './wave-words';

function WavesTable({ rows }: { rows: readonly Wave[] }) {
  const { t, tn, language } = useTexts();
  return (
    <table className="p-table p-users p-staff">
      <caption className="ds-u-visibility--screen-reader">{t('waves.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('waves.name')}</th>
          <th scope="col">{t('waves.state')}</th>
          <th scope="col">{t('waves.send_on')}</th>
          <th scope="col">{t('waves.end_on')}</th>
          <th scope="col">{t('waves.members')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((wave) => (
          <tr key={wave.id} className="p-row">
            <td className="p-aboard__name">
              <Link href={wavePath(wave.id)}>{wave.name}</Link>
            </td>
            <td>
              <WaveTag state={wave.state} />
            </td>
            <td>
              <span className="p-aboard__label">{t('waves.send_on')}: </span>
              {dayText(language, wave.send_on)}
            </td>
            <td>
              <span className="p-aboard__label">{t('waves.end_on')}: </span>
              {dayText(language, wave.end_on)}
            </td>
            <td>{tn('waves.practices', wave.members)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Practices that come aboard together (ORG-2). */
export function WavesPage() {
  const { t } = useTexts();
  const [, navigate] = useLocation();
  const [stack, setStack] = useState<CursorStack>([]);
  const [planning, setPlanning] = useState(false);
  const changed = useWavesChanged();
  const { data, error, refetch, isPlaceholderData } = useWaves(currentCursor(stack));
  return (
    <Page
      title={t('waves.title')}
      aside={
        <Button variation="solid" onClick={() => setPlanning(true)}>
          {t('waves.plan')}
        </Button>
      }
    >
      <EnrollmentTabs />
      <p className="p-lead p-roster__lead">{t('waves.lead')}</p>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.items.length === 0 && <p className="p-empty p-empty--alone">{t('waves.none')}</p>}
      {data && data.items.length > 0 && <WavesTable rows={data.items} />}
      {data && (
        <StackPager
          label={t('waves.pages')}
          stack={stack}
          next={isPlaceholderData ? null : data.next_cursor}
          onMove={setStack}
        />
      )}
      <Dialog
        isOpen={planning}
        onExit={() => setPlanning(false)}
        heading={t('waves.plan')}
        ariaCloseLabel={t('app.close')}
      >
        {planning && (
          <WaveForm
            wave={null}
            onSaved={(wave) => {
              setPlanning(false);
              void changed(wave);
              flash.onNextPage(t('waves.planned', { name: wave.name }));
              navigate(wavePath(wave.id));
            }}
            onStale={() => undefined}
            onClose={() => setPlanning(false)}
          />
        )}
      </Dialog>
    </Page>
  );
}
