import type { Plugin } from 'vite';

/** Builds `src/early.ts` as a file of its own, and names it in the page before everything else. */
export function earlyScript(): Plugin {
  return {
    name: 'early-script',
    apply: 'build',
    buildStart() {
      this.emitFile({ type: 'chunk', id: 'src/early.ts', name: 'early' });
    },
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle }) {
        const early = Object.values(bundle ?? {}).find(
          (file) => file.type === 'chunk' && file.name === 'early',
        );
        if (!early) throw new Error('src/early.ts was not built');
        // Neither a module nor deferred, so that it runs before them and before styles are there.
        const attrs = { src: `/${early.fileName}` };
        return [{ tag: 'script', attrs, injectTo: 'head-prepend' }];
      },
    },
  };
}
