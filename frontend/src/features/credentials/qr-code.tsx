import { useEffect, useState } from 'react';
import { pathOf, QUIET } from './qr-path';

interface Picture {
  size: number;
  path: string;
}

/** A text as a QR code, drawn here: no service ever sees what is in it. Nothing is shown until it is drawn. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const [picture, setPicture] = useState<Picture | null>(null);
  useEffect(() => {
    let wanted = true;
    void import('uqr').then(({ encode }) => {
      const { data, size } = encode(text, { ecc: 'M', border: 0 });
      if (wanted) setPicture({ size: size + 2 * QUIET, path: pathOf(data) });
    });
    return () => {
      wanted = false;
    };
  }, [text]);
  if (!picture) return <div className="p-qr" aria-hidden="true" />;
  return (
    <svg
      className="p-qr"
      viewBox={`0 0 ${picture.size} ${picture.size}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <path d={`M0 0h${picture.size}v${picture.size}H0z`} fill="#fff" />
      <path d={picture.path} fill="#000" />
    </svg>
  );
}
