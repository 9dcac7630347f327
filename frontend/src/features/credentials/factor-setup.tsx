import '../../styles/credentials.css';
import '../../texts/credentials';
import { useTexts } from '../../texts/context';
import { CodeField } from './code-field';
import { CopyButton } from './copy-button';
import { QrCode } from './qr-code';

interface Props {
  /** The seed that counts once a code of it is confirmed. */
  candidate: { secret: string; uri: string };
  id: string;
  code: string;
  onCode: (code: string) => void;
  error?: string | undefined;
}

const inGroups = (secret: string) => secret.match(/.{1,4}/g)?.join(' ') ?? '';

/** How one's authenticator app learns the seed: by picture, by a link on the same phone, or typed; then a first code. */
export function FactorSetup({ candidate, id, code, onCode, error }: Props) {
  const { t } = useTexts();
  return (
    <ol className="p-setup">
      <li>
        <p className="p-flat">{t('factor.app')}</p>
      </li>
      <li>
        <p className="p-flat">{t('factor.scan')}</p>
        <QrCode text={candidate.uri} label={t('factor.picture')} />
        <p>
          <a href={candidate.uri}>{t('factor.samePhone')}</a>
        </p>
        <p className="p-flat" id={`${id}-key`}>
          {t('factor.key')}
        </p>
        <p className="p-setup__key">
          <code>{inGroups(candidate.secret)}</code>{' '}
          <CopyButton text={candidate.secret} label={t('factor.copyKey')} />
        </p>
      </li>
      <li>
        <p className="p-flat">{t('factor.first')}</p>
        <CodeField id={id} value={code} onChange={onCode} error={error} />
      </li>
    </ol>
  );
}
