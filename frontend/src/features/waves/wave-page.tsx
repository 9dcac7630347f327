import { Button, Dialog } from '@cmsgov/design-system';
import { useState } from 'react';
import { Link } from 'wouter';
import { problemOf } from '../../api/client';
import { flash } from '../../app/announcer';
import { Page } from '../../app/page';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { LackFilter, useLack } from '../enrollment/lack-filter';
import { wavePath, WAVES } from '../enrollment/paths';
import { StandingTable } from '../enrollment/standing-table';
import { currentCursor } from '../messages/cursor-stack';
import type { CursorStack } from '../messages/cursor-stack';
import { StackPager } from '../messages/pager';
import { dayText } from '../review-overview/day';
import { FillForm } from './fill-form';
import { useWave, useWaveOrganizations, useWavesChanged } from './queries';
import type { Wave } from './types';
import { WaveForm } from './wave-form';
import { WaveTag } from './wave-words';

/** Practices of a wave, by what they lack. */
function Members({ wave }: { wave: Wave }) {
  const { t, tn } = useTexts();
  const [lacks, setLacks] = useLack(wavePath(wave.id));
  const [stack, setStack] = useState<CursorStack>([]);
  const { data, error, refetch, isPlaceholderData } = useWaveOrganizations(
    wave.id,
    lacks,
    currentCursor(stack),
  );
  return (
    <section className="p-aboard__section" aria-labelledby="wave-members">
      <h2 id="wave-members" className="ds-text-heading--lg" tabIndex={-1}>
        {t('waves.inIt')}
      </h2>
      <LackFilter
        label={t('waves.inIt')}
        value={lacks}
        onChange={(next) => {
          setStack([]);
          setLacks(next);
        }}
      />
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      <p className="ds-u-visibility--screen-reader" role="status">
        {data && !isPlaceholderData && tn('organizations.shown', data.items.length)}
      </p>
      {data?.items.length === 0 && (
        <p className="p-empty p-empty--alone">{t(lacks ? 'onboarding.empty' : 'waves.nobody')}</p>
      )}
      {data && data.items.length > 0 && (
        <StandingTable
          caption={t('waves.inIt')}
          rows={data.items.map(({ lacks: lack, since, ...organization }) => ({
            organization,
            lacks: lack,
            since,
          }))}
        />
      )}
      {data && (
        <StackPager
          label={t('organizations.pages')}
          stack={stack}
          next={isPlaceholderData ? null : data.next_cursor}
          onMove={setStack}
        />
      )}
    </section>
  );
}

function Facts({ wave }: { wave: Wave }) {
  const { t, instant, language } = useTexts();
  return (
    <dl className="p-facts p-user-facts">
      <dt>{t('waves.state')}</dt>
      <dd>
        <WaveTag state={wave.state} />
      </dd>
      <dt>{t('waves.send_on')}</dt>
      <dd>
        {dayText(language, wave.send_on)}
        <span className="p-muted p-aboard__line">{instant(wave.send_at)}</span>
      </dd>
      <dt>{t('waves.end_on')}</dt>
      <dd>
        {dayText(language, wave.end_on)}
        <span className="p-muted p-aboard__line">{instant(wave.ends_at)}</span>
      </dd>
      {wave.started_at && (
        <>
          <dt>{t('waves.started')}</dt>
          <dd>{instant(wave.started_at)}</dd>
        </>
      )}
      {wave.finished_at && (
        <>
          <dt>{t('waves.finished')}</dt>
          <dd>{instant(wave.finished_at)}</dd>
        </>
      )}
      <dt>{t('waves.members')}</dt>
      <dd>{wave.members}</dd>
    </dl>
  );
}

function OpenWave({ wave }: { wave: Wave }) {
  const { t, tn } = useTexts();
  const changed = useWavesChanged();
  const [doing, setDoing] = useState<'edit' | 'fill' | null>(null);
  const close = () => setDoing(null);
  const said = (text: string) => {
    close();
    flash.here(text);
    window.scrollTo(0, 0);
  };
  return (
    <Page
      title={wave.name}
      aside={
        <div className="p-actions">
          <Button onClick={() => setDoing('edit')}>{t('waves.edit')}</Button>
          {wave.state !== 'ended' && (
            <Button variation="solid" onClick={() => setDoing('fill')}>
              {t('waves.fill')}
            </Button>
          )}
        </div>
      }
    >
      <section className="p-card" aria-labelledby="wave-facts">
        <h2 id="wave-facts" className="ds-text-heading--lg p-flat">
          {t('waves.facts')}
        </h2>
        <Facts wave={wave} />
      </section>
      <Members wave={wave} />
      <Dialog
        isOpen={doing !== null}
        onExit={close}
        className="p-move-dialog"
        heading={doing && t(doing === 'edit' ? 'waves.edit' : 'waves.fill')}
        ariaCloseLabel={t('app.close')}
      >
        {doing === 'edit' && (
          <WaveForm
            key={wave.version}
            wave={wave}
            onSaved={(saved) => {
              void changed(saved);
              said(t('waves.saved', { name: saved.name }));
            }}
            onStale={() => void changed().then(() => said(t('waves.loadedAnew')))}
            onClose={close}
          />
        )}
        {doing === 'fill' && (
          <FillForm
            wave={wave}
            onFilled={(filled, count) => {
              void changed(filled);
              said(tn('waves.fill.done', count));
            }}
            onClose={close}
          />
        )}
      </Dialog>
    </Page>
  );
}

/** One wave, and how far its practices are (ORG-2). */
export function WavePage({ id }: { id: string }) {
  const { t } = useTexts();
  const { data, error, refetch } = useWave(id);
  return (
    <>
      <p className="p-back p-no-print">
        <Link href={WAVES}>{t('waves.back')}</Link>
      </p>
      {error && !data && (
        <Page title={t('waves.title')}>
          <ProblemAlert
            problem={problemOf(error)}
            retry={problemOf(error).status === 404 ? undefined : () => void refetch()}
          />
        </Page>
      )}
      {!data && !error && <Loading />}
      {data && <OpenWave wave={data} />}
    </>
  );
}
