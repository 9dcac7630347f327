import { Button } from '@cmsgov/design-system';
import { useEffect, useRef } from 'react';
import { useTexts } from '../../texts/context';
import { STATUSES } from '../users/types';
import type { OpenCase } from './open-case-form';
import type { FoundPerson } from './types';

interface Props {
  found: FoundPerson;
  onOpen: (edit: OpenCase) => void;
}

interface Place {
  membership_id: string | null;
  name: string;
  status: string | null;
}

/** Where somebody has an account; a case is for one of these. */
export function FoundCard({ found, onOpen }: Props) {
  const { t } = useTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const places: Place[] = found.memberships.map(({ membership_id, organization, status }) => ({
    membership_id,
    name: organization.name,
    status,
  }));
  if (found.staff) places.push({ membership_id: null, name: t('cases.ofPlan'), status: null });
  const word = (status: string) => {
    const known = STATUSES.find((each) => each === status);
    return known ? t(`users.status.${known}`) : status;
  };
  return (
    <div className="p-gap-top">
      <h3 className="ds-text-heading--md p-flat" tabIndex={-1} ref={heading}>
        {found.name}
      </h3>
      <p className="p-flat">{found.email}</p>
      {places.length === 0 && <p>{t('helpdesk.noPlace')}</p>}
      <ul className="p-plain">
        {places.map((place) => (
          <li key={place.membership_id ?? 'plan'} className="p-case">
            <p className="p-flat">
              <span className="p-strong">{place.name}</span>
              {place.status && <> ({word(place.status)})</>}
            </p>
            <Button
              size="small"
              className="p-gap-top"
              aria-label={`${t('helpdesk.openCase')}: ${place.name}`}
              onClick={() =>
                onOpen({
                  user_id: found.user_id,
                  membership_id: place.membership_id,
                  name: found.name,
                  place: place.name,
                  caller: '',
                  reason: '',
                })
              }
            >
              {t('helpdesk.openCase')}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
