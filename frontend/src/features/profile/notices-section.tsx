import { Link } from 'wouter';
import { useTexts } from '../../texts/context';
import { PREFERENCES } from '../notices/paths';
import { Section } from './section';

/** The way to what one is told, and where. */
export function NoticesSection() {
  const { t } = useTexts();
  return (
    <Section name="notices">
      <p>{t('profile.notices.about')}</p>
      <p className="p-flat">
        <Link href={PREFERENCES}>{t('profile.notices.open')}</Link>
      </p>
    </Section>
  );
}
