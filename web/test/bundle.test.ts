// The whole page, every file that a browser may ask for, stays below 300 kB gzip.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const dist = fileURLToPath(new URL('../../build/web/dist', import.meta.url));

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`],
  );
}

describe.skipIf(!existsSync(dist))('bundle', () => {
  it('is at most 300 kB gzip', () => {
    const bytes = files(dist).map((name) => gzipSync(readFileSync(name), { level: 9 }).length);
    expect(bytes.length).toBeGreaterThan(3);
    expect(bytes.reduce((a, b) => a + b)).toBeLessThan(300_000);
  });

  it('has no script or style inside the page, which the policy forbids', () => {
    const page = readFileSync(`${dist}/index.html`, 'utf8');
    expect(page).not.toMatch(/<style|<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=/);
  });

  it('names no other host', () => {
    for (const name of files(dist)) {
      const text = readFileSync(name, 'utf8');
      const hosts = text.match(/https?:\/\/[\w.-]+/g) ?? [];
      const known = /www\.w3\.org|echarts\.apache\.org|preactjs\.com|github\.com|fb\.me/;
      expect(
        hosts.filter((host) => !known.test(host)),
        name,
      ).toEqual([]);
    }
  });
});
