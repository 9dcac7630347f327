import type { Plugin } from 'postcss';

/**
 * The design system ships one stylesheet for all its components and utilities (20 KB compressed). The portal
 * has a budget of 25 KB for all CSS, so selectors of components it does not use are left out of the build.
 * A class is kept when it starts with one of these.
 */
const KEPT = [
  'ds-base',
  'ds-text',
  'ds-c-alert',
  'ds-c-badge',
  'ds-c-button',
  'ds-c-choice',
  'ds-c-close-button',
  'ds-c-dialog',
  'ds-c-field',
  'ds-c-hint',
  'ds-c-icon',
  'ds-c-inline-error',
  'ds-c-label',
  'ds-c-link',
  'ds-c-skip-nav',
  'ds-c-spinner',
  'ds-u-clearfix',
  'ds-u-visibility--screen-reader',
];

function isUsed(selector: string): boolean {
  const classes = selector.match(/\.(ds-[A-Za-z0-9_-]+|preset-|DayPicker[\w-]*)/g) ?? [];
  return classes.every((name) => KEPT.some((kept) => name.slice(1).startsWith(kept)));
}

export function trimDesignSystemCss(): Plugin {
  return {
    postcssPlugin: 'trim-design-system-css',
    OnceExit(root) {
      root.walkRules((rule) => {
        const used = rule.selectors.filter(isUsed);
        if (used.length === 0) rule.remove();
        else if (used.length < rule.selectors.length) rule.selectors = used;
      });
      root.walkAtRules((rule) => {
        if (rule.nodes && rule.nodes.length === 0) rule.remove();
      });
    },
  };
}
