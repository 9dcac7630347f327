import type { Plugin } from 'vite';

/**
 * The design system brings the words of all its components in both languages with the first load. Those of components
 * the portal does not use are left out; one that is missed after all fails loudly ("Translation key ...").
 */
const LEFT_OUT = [
  'autocomplete',
  'dateField',
  'drawer',
  'filterChip',
  'idleTimeoutDialog',
  'monthPicker',
  'pagination',
  'privacy',
  'review',
  'singleInputDateField',
  'thirdPartyExternalLink',
  'usaBanner',
];

export function trimDesignSystemTexts(): Plugin {
  return {
    name: 'trim-design-system-texts',
    enforce: 'pre',
    transform(code, id) {
      if (!/@cmsgov\/design-system\/.*\/locale\/(en|es)\.json$/.test(id)) return null;
      const texts = Object.entries(JSON.parse(code) as Record<string, unknown>);
      return JSON.stringify(Object.fromEntries(texts.filter(([key]) => !LEFT_OUT.includes(key))));
    },
  };
}
