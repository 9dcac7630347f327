import '../../styles/retention.css';
import '../../styles/staff.css';
import '../../styles/users.css';
import '../../texts/messages';
import '../../texts/retention';
import { Button, Dialog } from '@cmsgov/design-system';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf } from '../../api/client';
import { flash } from '../../app/announcer';
import { NotFound } from '../../app/not-found';
import { Page } from '../../app/page';
import { useSession } from '../../app/session-context';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { currentCursor } from '../messages/cursor-stack';
import type { CursorStack } from '../messages/cursor-stack';
import { StackPager } from '../messages/pager';
import { AskForm } from './ask-form';
import { getHolds } from './calls';
import type { Hold, Move } from './calls';
import { HoldCard, subjectName } from './hold-card';
import { MoveForm } from './move-form';
import { decides } from './who';

/** Legal holds, which a plan administrator and an auditor set and lift together (MSG-10). */
export function HoldsPage() {
  const { t } = useTexts();
  const session = useSession();
  const client = useQueryClient();
  const [stack, setStack] = useState<CursorStack>([]);
  const [asking, setAsking] = useState(false);
  const [moving, setMoving] = useState<{ hold: Hold; move: Move } | null>(null);
  const cursor = currentCursor(stack);
  const { data, error, refetch } = useQuery({
    queryKey: ['legal-holds', cursor],
    queryFn: ({ signal }) => getHolds(cursor, signal),
    enabled: decides(session),
  });
  if (!decides(session)) return <NotFound />;
  const changed = () => client.invalidateQueries({ queryKey: ['legal-holds'] });
  const close = () => {
    setAsking(false);
    setMoving(null);
    // It may be that somebody else was faster.
    void changed();
  };
  const done = (hold: Hold, said: string) => {
    close();
    flash.here(said);
    window.scrollTo(0, 0);
    // The button that was pressed may be gone.
    document.getElementById(`hold-${hold.id}`)?.focus({ preventScroll: true });
  };
  return (
    <Page
      title={t('retention.title')}
      aside={
        <Button variation="solid" onClick={() => setAsking(true)}>
          {t('retention.ask')}
        </Button>
      }
    >
      <p className="p-lead">{t('retention.lead')}</p>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.items.length === 0 && <p className="p-empty p-empty--alone">{t('retention.none')}</p>}
      <ul className="p-plain p-cards">
        {data?.items.map((hold) => (
          <HoldCard key={hold.id} hold={hold} onMove={(move) => setMoving({ hold, move })} />
        ))}
      </ul>
      {data && (
        <StackPager
          label={t('retention.pages')}
          stack={stack}
          next={data.next_cursor}
          onMove={setStack}
        />
      )}
      <Dialog
        isOpen={asking}
        onExit={close}
        heading={t('retention.ask')}
        ariaCloseLabel={t('app.close')}
      >
        {asking && (
          <AskForm
            onAsked={(hold) => {
              setStack([]);
              done(hold, t('retention.ask.done'));
            }}
            onClose={close}
          />
        )}
      </Dialog>
      <Dialog
        isOpen={moving !== null}
        onExit={close}
        heading={
          moving
            ? t(`retention.named.${moving.hold.subject.kind}`, { name: subjectName(moving.hold) })
            : ''
        }
        ariaCloseLabel={t('app.close')}
      >
        {moving && (
          <MoveForm
            {...moving}
            onMoved={(hold) => done(hold, t(`retention.done.${moving.move}`))}
            onClose={close}
          />
        )}
      </Dialog>
    </Page>
  );
}
