// Every view, both languages, both widths: no serious fault of accessibility, nothing wider than
// the screen, every control reached by the keyboard.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test, type Page } from '@playwright/test';
import { kToken, open, type Centre } from './centre';

test.describe.configure({ mode: 'serial' });

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let centre: Centre;
let page: Page;

test.beforeAll(async ({ browser }) => {
  centre = await open();
  page = await browser.newPage();
  await page.goto(`${centre.url}/#token=${kToken}`);
  await expect(page.locator('[data-part="tiles"]')).toBeVisible({ timeout: 20_000 });
});
test.afterAll(async () => {
  await page.close();
  await centre.stop();
});

interface Violation {
  id: string;
  impact: string;
  nodes: { html: string }[];
}

async function violations(): Promise<string[]> {
  await page.evaluate(axe);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const found = (await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(tags)} }).then((r) => r.violations)`,
  )) as Violation[];
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html.slice(0, 120)).join(' | ')}`);
}

const kDrawer = 'drawer';

async function show(view: string): Promise<void> {
  await page.locator('h1').click();
  if (view === kDrawer) {
    await page.keyboard.press('w');
    await expect(page.locator('[data-part="drawer"]')).toBeVisible();
    return;
  }
  await page.keyboard.press(view);
  if (view === '3') await expect(page.locator('[data-part="heatmap"] canvas')).toBeVisible();
}

for (const [language, width] of [
  ['English', 1440],
  ['中文', 1440],
  ['English', 390],
] as const) {
  for (const scheme of ['dark', 'light'] as const) {
    test(`${language}, ${width} px, ${scheme}`, async () => {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.getByRole('radio', { name: language }).check();
      for (const view of ['1', '2', '3', kDrawer]) {
        await show(view);
        expect(await violations(), view).toEqual([]);
        const wide = await page.evaluate('document.documentElement.scrollWidth');
        expect(wide, `width of ${view}`).toBeLessThanOrEqual(width);
        if (view === kDrawer) await page.keyboard.press('Escape');
      }
    });
  }
}

test('every control of the wallboard is reached by Tab, and shows it', async () => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.locator('h1').click();
  await page.keyboard.press('1');
  const all = await page.locator('button:visible:enabled, select:visible, input:visible').count();
  const seen = new Set<string>();
  await page.evaluate('document.body.focus()');
  for (let i = 0; i < all + 60; ++i) {
    await page.keyboard.press('Tab');
    const at = (await page.evaluate(`(() => {
      const e = document.activeElement;
      if (!e || e === document.body) return '';
      const look = getComputedStyle(e);
      const label = e.closest('label');
      const around = label ? getComputedStyle(label).outlineStyle : 'none';
      const ring = look.outlineStyle !== 'none' || around !== 'none';
      return (ring ? '' : 'no ring: ') + [...document.querySelectorAll('*')].indexOf(e);
    })()`)) as string;
    if (at === '') break;
    seen.add(at);
  }
  expect([...seen].filter((s) => s.startsWith('no ring'))).toEqual([]);
  // Radio buttons of one strip are one stop.
  const stops = await page.evaluate(`new Set([...document.querySelectorAll(
    'button:enabled, select, input')].filter((e) => e.checkVisibility()).map(
      (e) => e.type === 'radio' ? e.name : e)).size`);
  expect(seen.size).toBeGreaterThanOrEqual(stops as number);
});
