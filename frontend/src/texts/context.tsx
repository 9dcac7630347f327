import { setLanguage as setDesignSystemLanguage } from '@cmsgov/design-system';
import { createContext, useContext, useLayoutEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { clientHooks } from '../api/client';
import type { Language } from '../api/types';
import { formatInstant, translate, translatePlural } from './index';
import type { Params, PluralKey, TextKey } from './index';

export interface Texts {
  language: Language;
  t: (key: TextKey, params?: Params) => string;
  tn: (key: PluralKey, count: number, params?: Params) => string;
  instant: (iso: string) => string;
  /** The person's own choice; it outranks the language stored with the user until the page is reloaded. */
  choose: (language: Language) => void;
  /** The language stored with the user; used unless the person chose one. */
  suggest: (language: Language) => void;
}

const TextsContext = createContext<Texts | null>(null);

function browserLanguage(): Language {
  return navigator.language.toLowerCase().startsWith('es') ? 'es' : 'en';
}

export function TextsProvider({ children }: { children: ReactNode }) {
  const [chosen, choose] = useState<Language | null>(null);
  const [suggested, suggest] = useState<Language>(browserLanguage);
  const language = chosen ?? suggested;

  // Set during rendering, because components of the design system and requests started by
  // children's effects need the language before our own effects run.
  setDesignSystemLanguage(language);
  clientHooks.language = language;
  clientHooks.ownText = (code) => translate(language, `app.${code}`);

  useLayoutEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  const value = useMemo<Texts>(
    () => ({
      language,
      t: (key, params) => translate(language, key, params),
      tn: (key, count, params) => translatePlural(language, key, count, params),
      instant: (iso) => formatInstant(language, iso),
      choose,
      suggest,
    }),
    [language],
  );
  return <TextsContext.Provider value={value}>{children}</TextsContext.Provider>;
}

export function useTexts(): Texts {
  const texts = useContext(TextsContext);
  if (!texts) throw new Error('TextsProvider is missing');
  return texts;
}
