import { Button } from '@cmsgov/design-system';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { getMemberships } from '../api/calls';
import { problemOf } from '../api/client';
import type { OwnMembership } from '../api/types';
import { useTexts } from '../texts/context';
import { flash } from './announcer';
import { leaveSafely } from './leave-guard';
import { openMembership } from './session-store';

function useOthers(): OwnMembership[] {
  const { data } = useQuery({
    queryKey: ['memberships'],
    queryFn: ({ signal }) => getMemberships(signal),
    staleTime: 60 * 60 * 1000,
  });
  return (data?.items ?? []).filter(({ open, status }) => !open && status === 'active');
}

/** A button for each organization that can be opened; says so when it can't after all. */
export function OpenButtons({ others }: { others: readonly OwnMembership[] }) {
  const { t } = useTexts();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const open = ({ id, organization }: OwnMembership) => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    openMembership(id).then(
      () => flash.onNextPage(t('switch.done', { name: organization.name })),
      (error: unknown) => {
        setProblem(problemOf(error).detail);
        setBusy(false);
      },
    );
  };
  return (
    <>
      <ul className="p-plain p-switch__list">
        {others.map((other) => (
          <li key={other.id}>
            <Button
              size="small"
              aria-disabled={busy}
              onClick={() => leaveSafely(() => open(other))}
            >
              {t('switch.open', { name: other.organization.name })}
            </Button>
          </li>
        ))}
      </ul>
      {problem && (
        <p role="alert" className="p-header__problem">
          {problem}
        </p>
      )}
    </>
  );
}

/** For a person with several organizations: opens another one (ACC-8). */
export function OrganizationSwitch() {
  const { t } = useTexts();
  const others = useOthers();
  const [shown, setShown] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!shown) return undefined;
    const close = (event: Event) => {
      if (event instanceof KeyboardEvent) {
        if (event.key !== 'Escape') return;
        button.current?.focus();
      } else if (box.current?.contains(event.target as Node)) return;
      setShown(false);
    };
    const events = ['keydown', 'pointerdown', 'focusin'] as const;
    for (const name of events) document.addEventListener(name, close);
    return () => {
      for (const name of events) document.removeEventListener(name, close);
    };
  }, [shown]);
  if (others.length === 0) return null;
  return (
    <div className="p-switch" ref={box}>
      <button
        type="button"
        ref={button}
        className="p-switch__button"
        aria-expanded={shown}
        aria-controls="organization-switch"
        onClick={() => setShown(!shown)}
      >
        {t('switch.button')}
      </button>
      <div id="organization-switch" className="p-switch__menu" hidden={!shown}>
        <OpenButtons others={others} />
      </div>
    </div>
  );
}
