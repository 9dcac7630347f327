import { useTexts } from '../texts/context';
import { PortalMark } from '../ui/icons';
import { usePlan } from './plan';

export function Brand() {
  const { t } = useTexts();
  const plan = usePlan();
  return (
    <div className="p-brand">
      <PortalMark />
      <div>
        <div className="p-brand__name">{t('app.name')}</div>
        <div className="p-brand__plan">{plan?.name ?? t('app.tagline')}</div>
      </div>
    </div>
  );
}
