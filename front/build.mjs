// Bundle the front end into kg/outputs/page/: the files that the page holds and the server gives out.
//
// node build.mjs [FOLDER]   the same sources and lock file give the same bytes

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2] ?? join(here, '..', 'kg', 'outputs', 'page');

const made = await build({
  absWorkingDir: here,
  entryPoints: ['src/index.js'],
  outfile: join(target, 'front.js'),
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  metafile: true,
});
await build({
  absWorkingDir: here,
  entryPoints: ['src/front.css'],
  outfile: join(target, 'front.css'),
  minify: true,
  target: 'chrome111',
  charset: 'utf8',
});
// A script within a page must not hold what would end it.
const script = join(target, 'front.js');
writeFileSync(script, readFileSync(script, 'utf8').replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--'));
writeFileSync(join(target, 'LICENCES.txt'), licences(Object.keys(made.metafile.inputs)));

/** Return the licences of the packages that went into the bundle. */
function licences(inputs) {
  const packages = new Set(
    inputs.map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]).filter(Boolean),
  );
  return [...packages]
    .sort()
    .map((name) => {
      const folder = join(here, 'node_modules', name);
      const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const files = readdirSync(folder)
        .filter((file) => /^licen[cs]e(?!.*apache)/i.test(file))
        .sort();
      const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
      return [`${name} ${version} (${license})`, '='.repeat(60), ...texts, ''].join('\n');
    })
    .join('\n');
}
