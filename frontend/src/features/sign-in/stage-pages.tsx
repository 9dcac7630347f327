import '../../styles/credentials.css';
import '../../styles/register.css';
import '../../texts/sign-in';
import type { ReactNode } from 'react';
import type { Session, Stage } from '../../api/types';
import { CodePage } from './code-page';
import { EnrollPage } from './enroll-page';
import { RenewPage } from './renew-page';

const PAGES: Record<Stage, (user: Session['user'] | null) => ReactNode> = {
  factor: () => <CodePage />,
  password: (user) => <RenewPage user={user} />,
  enroll: () => <EnrollPage />,
};

/** What is to be done between the right password and the portal, each on a page of its own (CRD-2, CRD-9). */
export function StagePages({ stage, user }: { stage: Stage; user: Session['user'] | null }) {
  return PAGES[stage](user);
}
