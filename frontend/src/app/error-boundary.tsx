import { Alert, Button } from '@cmsgov/design-system';
import { Component } from 'react';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/context';

function Broken() {
  const { t } = useTexts();
  return (
    <Alert variation="error" heading={t('app.error.title')} headingLevel="1" autoFocus>
      <p>{t('app.error.body')}</p>
      <Button onClick={() => window.location.reload()}>{t('app.error.reload')}</Button>
    </Alert>
  );
}

interface State {
  broken: boolean;
}

/** A fault in one page must not blank the portal. What went wrong is not shown: it may hold health information. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { broken: false };

  static getDerivedStateFromError(): State {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}
