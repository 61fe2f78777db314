// A centre that is followed: a recorded morning, asked and not commanded; a session that ends
// elsewhere. Needs the program.

import { expect, test, type Page } from '@playwright/test';
import { kToken, open, type Centre } from './centre';

test.describe.configure({ mode: 'serial' });

let centre: Centre;
let page: Page;

test.beforeAll(async ({ browser }) => {
  const log = 'queue_log:scenarios/tutorial/01-first-queue.queue_log';
  const replay = ['--follow', log, '--replay', '--utc-offset', '+00:00'];
  centre = await open('scenarios/tutorial/01-first-queue.yaml', [
    ...replay,
    '--at',
    '02:00',
    '--paused',
  ]);
  page = await browser.newPage();
  await page.goto(`${centre.url}/#token=${kToken}`);
});
test.beforeEach(() => test.skip(!centre.real, 'the made-up centre follows nobody'));
test.afterAll(async () => {
  await page.close();
  await centre.stop();
});

const part = (name: string) => page.locator(`[data-part="${name}"]`);

test('shows whom it follows, and what its events were like', async () => {
  await expect(part('follows')).toContainText('Replays');
  await expect(part('follows')).toContainText('first-queue.queue_log');
  await expect(part('twin')).toContainText('taken');
  await expect(part('twin')).toContainText('talks, ');
  await expect(page.locator('.time-big')).toHaveText('02:00:00');
});

test('goes on at its own pace', async () => {
  await page.keyboard.press('Space');
  await expect(part('pause')).toHaveText(/Pause/);
  await expect(page.locator('.time-big')).not.toHaveText('02:00:00');
  await part('pause').click();
  await expect(part('pause')).toHaveText(/Run/);
});

test('is not commanded, but asked', async () => {
  await expect(part('do')).toHaveCount(0);
  await part('try').click();
  await expect(part('drawer')).toBeVisible();
  await part('run-futures').click();
  await expect(part('what-if-result')).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press('Escape');
});

test('says when its session has been ended elsewhere, and lands on no other', async () => {
  const headers = { Authorization: `Bearer ${kToken}`, 'Content-Type': 'application/json' };
  const api = `${centre.url}/api/v1/sessions`;
  const list = async () => (await (await fetch(api, { headers })).json()) as { id: string }[];
  const [mine] = await list();
  await fetch(api, {
    method: 'POST',
    headers,
    body: JSON.stringify({ scenario: '01-first-queue', paused: true }),
  });
  await fetch(`${api}/${mine!.id}`, { method: 'DELETE', headers });
  await expect(page.getByText(/has ended/)).toBeVisible({ timeout: 20_000 });
  await expect(part('tiles')).toHaveCount(0);
  expect((await list()).length).toBe(1);
});
