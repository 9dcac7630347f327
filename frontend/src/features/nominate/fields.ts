import type { TextKey } from '../../texts';
import type { Typed } from './entered';

interface Field {
  type: 'text' | 'email' | 'tel';
  label: TextKey;
  hint?: TextKey;
  /** Only the signature is about whoever fills it in. */
  autoComplete: 'off' | 'name' | 'organization' | 'organization-title';
}

export const FIELDS: Record<Typed, Field> = {
  practice_name: {
    type: 'text',
    label: 'nominate.practiceName',
    hint: 'nominate.practiceNameHint',
    autoComplete: 'organization',
  },
  administrator_name: { type: 'text', label: 'nominate.administratorName', autoComplete: 'off' },
  administrator_email: {
    type: 'email',
    label: 'nominate.administratorEmail',
    hint: 'nominate.administratorEmailHint',
    autoComplete: 'off',
  },
  administrator_phone: { type: 'tel', label: 'nominate.administratorPhone', autoComplete: 'off' },
  authority: {
    type: 'text',
    label: 'nominate.authority',
    hint: 'nominate.authorityHint',
    autoComplete: 'organization-title',
  },
  signature: {
    type: 'text',
    label: 'nominate.signature',
    hint: 'nominate.signatureHint',
    autoComplete: 'name',
  },
};
