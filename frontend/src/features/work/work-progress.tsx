import '../../styles/work.css';
import '../../texts/work';
import { Button } from '@cmsgov/design-system';
import { problemOf } from '../../api/client';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import type { Work } from './calls';
import { hasResult, isOpen, reasonOf, spokenPercent, stateOf, titleOf } from './progress';
import { useDownload, useStop, useWork } from './queries';

interface Props {
  workId: string;
  /** What it is called; by default its kind's name. */
  title?: string;
  /** Shown until the first answer comes. */
  known?: Work;
}

/** How far an export or import has come, with what one can do about it. Follows it while it runs. */
export function WorkProgress({ workId, title, known }: Props) {
  const { t } = useTexts();
  const { data: work, error, refetch } = useWork(workId, known);
  if (!work && error) {
    return <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />;
  }
  if (!work) return <Loading />;
  return <Progress work={work} title={title ?? t(titleOf(work.kind))} />;
}

function Progress({ work, title }: { work: Work; title: string }) {
  const { t, tn, instant } = useTexts();
  const state = stateOf(work, new Date());
  const reason = reasonOf(work);
  const at = work.result_until ? instant(work.result_until) : '';
  const words = [t(state, { at }), reason && t(reason)].filter(Boolean).join(' ');
  const percent = spokenPercent(work);
  const moving = work.state === 'running' && percent > 0;
  return (
    <div className="p-work">
      {isOpen(work) && (
        <progress
          className="p-work__bar"
          aria-label={t('work.progress', { title })}
          {...(work.total ? { max: work.total, value: Math.min(work.done, work.total) } : {})}
        />
      )}
      <p className="p-flat">
        {work.total !== null
          ? tn('work.of', work.total, { done: work.done })
          : tn('work.count', work.done)}
        {work.problems > 0 && `, ${tn('work.problems', work.problems)}`}
      </p>
      <p className="p-flat" id={`work-${work.id}`} tabIndex={-1}>
        {words}
      </p>
      {/* Says each state and each quarter once: the counts above change every two seconds. */}
      <p role="status" className="ds-u-visibility--screen-reader">
        {moving
          ? t('work.spokenPart', { title, percent })
          : t('work.spoken', { title, state: words })}
      </p>
      <Actions work={work} title={title} />
    </div>
  );
}

function Actions({ work, title }: { work: Work; title: string }) {
  const { t } = useTexts();
  const stop = useStop(work.id);
  const download = useDownload(work.id);
  const error = stop.error ?? download.error;
  return (
    <>
      {isOpen(work) && !work.must_finish && (
        <Button
          size="small"
          aria-label={t('work.stopNamed', { title })}
          aria-disabled={stop.isPending}
          onClick={() => {
            if (stop.isPending) return;
            // The button that had the focus goes.
            const onSuccess = () => document.getElementById(`work-${work.id}`)?.focus();
            stop.mutate(undefined, { onSuccess });
          }}
        >
          {t('work.stop')}
        </Button>
      )}
      {hasResult(work, new Date()) && (
        <Button
          size="small"
          variation="solid"
          aria-label={t('work.downloadNamed', { title })}
          aria-disabled={download.isPending}
          onClick={() => !download.isPending && download.mutate()}
        >
          {t('work.download')}
        </Button>
      )}
      {error && <ProblemAlert problem={problemOf(error)} />}
    </>
  );
}
