import { Button, Dialog } from '@cmsgov/design-system';
import { useState } from 'react';
import { flash } from '../../app/announcer';
import { useTexts } from '../../texts/context';
import type { TextKey } from '../../texts';
import { ChangeFacts } from './change-facts';
import { ConfirmChange } from './confirm-change';
import { ProposeForm } from './propose-form';
import { useOrganizationsChanged } from './queries';
import { WithdrawChange } from './withdraw-change';
import { CHANGE_KINDS } from './types';
import type { Organization, OrganizationChange } from './types';

/** What is open in the dialog. */
type Doing =
  | { what: 'propose'; kind: OrganizationChange['kind'] }
  | { what: 'confirm' | 'withdraw'; change: OrganizationChange };

interface ItemProps {
  organization: Organization;
  change: OrganizationChange;
  onDo: (doing: Doing) => void;
}

function OpenChange({ organization, change, onDo }: ItemProps) {
  const { t, instant } = useTexts();
  const { kind, own } = change;
  const id = `change-${kind}`;
  return (
    <li className="p-overview__first" aria-labelledby={id}>
      <h3 id={id} className="ds-text-heading--md p-flat" tabIndex={-1}>
        {t(`changes.${kind}`)}
      </h3>
      <p className="p-flat">{t('changes.by', { name: change.by_name, at: instant(change.at) })}</p>
      <ChangeFacts organization={organization} change={change} />
      <p className="p-flat p-strong">
        {t(own ? 'changes.waitsForOther' : 'changes.waitsForYou', {
          ends: instant(change.ends_at),
        })}
      </p>
      <div className="p-actions p-gap-top">
        {!own && (
          <Button
            variation="solid"
            aria-describedby={id}
            onClick={() => onDo({ what: 'confirm', change })}
          >
            {t('changes.confirm')}
          </Button>
        )}
        <Button aria-describedby={id} onClick={() => onDo({ what: 'withdraw', change })}>
          {t('changes.withdraw')}
        </Button>
      </div>
    </li>
  );
}

const headingOf = (doing: Doing): TextKey =>
  doing.what === 'propose' ? `changes.${doing.kind}` : `changes.${doing.what}.${doing.change.kind}`;

/** What two of enrollment do together: another TIN, closing, merging (ORG-9). */
export function ChangesCard({ organization }: { organization: Organization }) {
  const { t } = useTexts();
  const [doing, setDoing] = useState<Doing | null>(null);
  const changed = useOrganizationsChanged();
  const { changes } = organization;
  const offered = CHANGE_KINDS.filter((kind) => !changes.some((change) => change.kind === kind));
  if (organization.closed_at) return null;
  const close = () => {
    setDoing(null);
    // It may be that somebody else was faster.
    return changed();
  };
  const done = (said: TextKey) => {
    void close();
    flash.here(t(said));
    window.scrollTo(0, 0);
    // The button that was pressed is gone, and the whole card with a practice that has ended.
    document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  };
  const common = {
    organization,
    onDone: done,
    onChanged: () => void close().then(() => done('changes.changed')),
    onClose: () => void close(),
  };
  return (
    <section className="p-card p-no-print" aria-labelledby="organization-changes">
      <h2 id="organization-changes" className="ds-text-heading--lg p-flat" tabIndex={-1}>
        {t('changes.title')}
      </h2>
      <p>{t('changes.lead')}</p>
      {changes.length > 0 && (
        <ul className="p-plain">
          {changes.map((change) => (
            <OpenChange
              key={change.kind}
              organization={organization}
              change={change}
              onDo={setDoing}
            />
          ))}
        </ul>
      )}
      <div className="p-actions p-gap-top">
        {offered.map((kind) => (
          <Button
            key={kind}
            className={kind === 'tin' ? '' : 'p-button--danger'}
            onClick={() => setDoing({ what: 'propose', kind })}
          >
            {t(`changes.${kind}`)}
          </Button>
        ))}
      </div>
      <Dialog
        isOpen={doing !== null}
        onExit={() => void close()}
        className="p-move-dialog"
        heading={doing && t(headingOf(doing))}
        ariaCloseLabel={t('app.close')}
      >
        {doing?.what === 'propose' && <ProposeForm kind={doing.kind} {...common} />}
        {doing?.what === 'confirm' && <ConfirmChange change={doing.change} {...common} />}
        {doing?.what === 'withdraw' && <WithdrawChange change={doing.change} {...common} />}
      </Dialog>
    </section>
  );
}
