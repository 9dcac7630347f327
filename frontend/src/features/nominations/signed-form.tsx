import { useTexts } from '../../texts/context';
import type { SignedForm } from './types';

/** What an executive signed, verbatim: only ever text (S-IO-01). */
export function SignedForm({ form }: { form: SignedForm }) {
  const { t, instant } = useTexts();
  return (
    <dl className="p-facts p-user-facts p-nomination__form">
      <dt>{t('nominations.form.practice')}</dt>
      <dd>{form.practice_name}</dd>
      <dt>{t('nominations.form.tin')}</dt>
      <dd>{form.tin}</dd>
      <dt>{t('nominations.form.npis')}</dt>
      <dd>{form.npis.length > 0 ? form.npis.join(', ') : t('nominations.form.noNpis')}</dd>
      <dt>{t('nominations.form.administrator')}</dt>
      <dd>{form.administrator_name}</dd>
      <dt>{t('nominations.form.email')}</dt>
      <dd>{form.administrator_email}</dd>
      <dt>{t('nominations.form.phone')}</dt>
      <dd>{form.administrator_phone}</dd>
      <dt>{t('nominations.form.executive')}</dt>
      <dd>
        {form.executive_name}
        <br />
        {form.executive_email}
      </dd>
      <dt>{t('nominations.form.authority')}</dt>
      <dd>{form.authority}</dd>
      <dt>{t('nominations.form.consent')}</dt>
      <dd className="p-nomination__consent" lang={form.language}>
        {form.consent_text}
      </dd>
      <dt>{t('nominations.form.version')}</dt>
      <dd>{form.consent_version}</dd>
      <dt>{t('nominations.form.signature')}</dt>
      <dd className="p-nomination__signature">{form.signature}</dd>
      <dt>{t('nominations.form.at')}</dt>
      <dd>{instant(form.signed_at)}</dd>
      {form.address !== '' && (
        <>
          <dt>{t('nominations.form.address')}</dt>
          <dd>{form.address}</dd>
        </>
      )}
    </dl>
  );
}

interface IntegrityProps {
  intact: boolean;
  sha256: string | null | undefined;
}

/** Whether the form is what was signed, with the digest that the audit record has too. */
export function Integrity({ intact, sha256 }: IntegrityProps) {
  const { t } = useTexts();
  return (
    <p className={`p-flat p-gap-top ${intact ? 'p-muted' : 'p-nomination__broken'}`}>
      {t(intact ? 'nominations.form.intact' : 'nominations.form.broken')}
      {sha256 && (
        <>
          <br />
          {t('nominations.form.digest')}: <code className="p-nomination__digest">{sha256}</code>
        </>
      )}
    </p>
  );
}
