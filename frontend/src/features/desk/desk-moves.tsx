import { Button, Dialog } from '@cmsgov/design-system';
import { useState } from 'react';
import { problemOf } from '../../api/client';
import { useTexts } from '../../texts/context';
import { Loading } from '../../ui/loading';
import { ProblemAlert } from '../../ui/problem-alert';
import { useAgents } from './queries';
import type { Conversation, Move } from './types';

interface AgentsProps {
  mailboxId: string;
  holder: string | null;
  onChoose: (userId: string) => void;
}

function Agents({ mailboxId, holder, onChoose }: AgentsProps) {
  const { t } = useTexts();
  const { data, error, refetch, hasNextPage, fetchNextPage } = useAgents(mailboxId);
  const agents = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      {error && !data && <ProblemAlert problem={problemOf(error)} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      <ul className="p-plain p-result-list">
        {agents.map(({ user_id, name }) => (
          <li key={user_id} className="p-result">
            <span className="p-result__what p-result__name">{name}</span>
            <Button
              size="small"
              aria-disabled={user_id === holder}
              aria-label={
                user_id === holder ? `${name}: ${t('desk.hasIt')}` : t('desk.giveTo', { name })
              }
              onClick={() => user_id !== holder && onChoose(user_id)}
            >
              {t(user_id === holder ? 'desk.hasIt' : 'desk.give')}
            </Button>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button size="small" onClick={() => void fetchNextPage()}>
          {t('desk.more')}
        </Button>
      )}
    </>
  );
}

interface Props {
  mailboxId: string;
  conversation: Conversation;
  busy: boolean;
  onMove: (move: Move, to?: string) => void;
}

/** What this agent may do with a conversation now; the portal says what that is (MSG-6). */
export function DeskMoves({ mailboxId, conversation, busy, onMove }: Props) {
  const { t } = useTexts();
  const [choosing, setChoosing] = useState(false);
  return (
    <>
      <div className="p-actions" role="group" aria-label={t('desk.moves')}>
        {conversation.moves.map((move) => (
          <Button
            key={move}
            aria-disabled={busy}
            onClick={() => (move === 'reassign' ? setChoosing(true) : onMove(move))}
          >
            {t(`desk.move.${move}`)}
          </Button>
        ))}
      </div>
      <Dialog
        isOpen={choosing}
        onExit={() => setChoosing(false)}
        heading={t('desk.reassignTitle')}
        ariaCloseLabel={t('app.close')}
      >
        {choosing && (
          <Agents
            mailboxId={mailboxId}
            holder={conversation.claimed_by?.user_id ?? null}
            onChoose={(to) => {
              setChoosing(false);
              onMove('reassign', to);
            }}
          />
        )}
      </Dialog>
    </>
  );
}
