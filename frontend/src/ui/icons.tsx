import type { ReactNode } from 'react';

function Icon({ children, className }: { children: ReactNode; className?: string | undefined }) {
  return (
    <svg
      className={`p-icon ${className ?? ''}`}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

export const MailIcon = ({ className }: { className?: string }) => (
  <Icon className={className}>
    <path d="M3 5h18a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zm1.800 2 7.200 5.600L19.200 7zM4 8.900V17h16V8.900l-8 6.200z" />
  </Icon>
);

export const UrgentIcon = () => (
  <Icon className="p-icon--urgent">
    <path d="M12 2 1 21h22zm-1 7h2v6h-2zm0 7.500h2v2h-2z" fillRule="evenodd" />
  </Icon>
);

export const ClipIcon = () => (
  <Icon>
    <path d="M16.500 6v10.500a4.500 4.500 0 0 1-9 0V5a3 3 0 0 1 6 0v10a1.500 1.500 0 0 1-3 0V6.500H9V15a3 3 0 0 0 6 0V5a4.500 4.500 0 0 0-9 0v11.500a6 6 0 0 0 12 0V6z" />
  </Icon>
);

export const PortalMark = () => (
  <svg className="p-brand__mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <path d="M16 3 3 10v3h26v-3zM6 15h4v9H6zm8 0h4v9h-4zm8 0h4v9h-4zM3 26h26v3H3z" />
  </svg>
);
