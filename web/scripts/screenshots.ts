// The pictures of docs/images/, of the program where CALLMILL names one, else of the made-up
// centre: every view at 1440 px, the wallboard at 390 px, in both languages and colours.
//
//   vite-node scripts/screenshots.ts FOLDER

import type { Page } from '@playwright/test';
import { kToken, open } from '../e2e/centre';
import { launch } from './browser';

const folder = process.argv[2] ?? '.';

async function shoot(page: Page, name: string, full = false): Promise<void> {
  await page.mouse.move(0, 0);
  await page.waitForTimeout(400);
  await page.screenshot({ path: `${folder}/live-${name}.png`, fullPage: full });
  console.log(`live-${name}.png`);
}

const part = (page: Page, name: string) => page.locator(`[data-part="${name}"]`);

async function whatIf(page: Page): Promise<void> {
  await part(page, 'commands').locator('[data-do="surge"]').click();
  await part(page, 'commands').locator('[data-part="try"]').click();
  await part(page, 'run-futures').click();
  await part(page, 'what-if-result').waitFor({ timeout: 60_000 });
  await part(page, 'advice').getByRole('button').first().click();
  await part(page, 'advice').locator('.candidate').first().waitFor({ timeout: 60_000 });
  await shoot(page, 'what-if');
  await page.keyboard.press('Escape');
}

async function main(): Promise<void> {
  const centre = await open();
  const browser = await launch();
  const page = await browser.newPage({
    viewport: { width: 1440, height: 1000 },
    colorScheme: 'dark',
    locale: 'en-GB',
  });
  await page.goto(`${centre.url}/#token=${kToken}`);
  await part(page, 'tiles').waitFor({ timeout: 30_000 });
  await page.getByLabel('Run on to').fill('10:42');
  await page.getByRole('button', { name: 'Go', exact: true }).click();
  await page.waitForFunction(() =>
    /^10:4/.test(document.querySelector('.time-big')?.textContent ?? ''),
  );
  await part(page, 'timeline')
    .getByText(/futures from/)
    .waitFor({ timeout: 60_000 });
  await page.waitForTimeout(6000); // the next futures begin after 10:42
  await shoot(page, 'wallboard');
  await page.keyboard.press('2');
  await shoot(page, 'floor');
  await page.keyboard.press('3');
  await part(page, 'heatmap').locator('canvas').waitFor();
  await shoot(page, 'plan');
  await page.keyboard.press('1');
  await whatIf(page);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.getByRole('radio', { name: '中文' }).check();
  await shoot(page, 'wallboard-zh');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 390, height: 844 });
  await shoot(page, 'phone', true);
  await browser.close();
  await centre.stop();
  process.exit(0);
}

void main();
