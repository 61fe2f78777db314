// What lies before the queues: lines, and the menus with where their callers go.

import { t } from '../i18n';
import { number, percent } from '../format';
import { lang, lines, menus, plan } from '../state/store';
import type { Lines } from '../protocol/types';
import { Bar, Card } from '../ui/parts';

export function LineRow({ name, trunk }: { name: string; trunk: Lines }) {
  const share = trunk.in_service ? trunk.in_use / trunk.in_service : 0;
  const failed = trunk.lines - trunk.in_service;
  const l = lang.value;
  const use = { used: number(trunk.in_use, l), lines: number(trunk.in_service, l) };
  return (
    <li>
      <span class="row-name">{name}</span>
      <Bar share={share} tone={share > 0.95 ? 'bar-full' : ''} />
      <span class="row-text">{t('board.lines.use', use)}</span>
      {failed > 0 && <span class="row-note">{t('board.lines.failed', { n: failed })}</span>}
    </li>
  );
}

export function LinesList() {
  const rows = Object.entries(lines.value);
  if (!rows.length) return <p class="quiet">{t('board.lines.none')}</p>;
  return (
    <ul class="rows">
      {rows.map(([name, trunk]) => (
        <LineRow key={name} name={name} trunk={trunk} />
      ))}
    </ul>
  );
}

// Where a menu's callers go: option, destination, share.
function MenuFlow({ name }: { name: string }) {
  const options = plan.value?.menus.find((menu) => menu.name === name)?.options ?? [];
  if (!options.length) return null;
  const parts = options.map(
    ({ key, to, share }) =>
      `${key} → ${to === 'self_service' ? t('floor.self') : to} ${percent(share, lang.value, 0)}`,
  );
  return <span class="flow">{parts.join(' · ')}</span>;
}

export function MenusList() {
  const all = menus.value;
  const rows = Object.entries(all?.by_menu ?? {});
  if (!all || !rows.length) return <p class="quiet">{t('board.menus.none')}</p>;
  const l = lang.value;
  const most = Math.max(1, ...rows.map(([, n]) => n));
  const inMenus = number(all.in_menus, l);
  return (
    <>
      <p class="quiet">
        {all.ports != null
          ? t('board.menus.ports', { n: inMenus, ports: number(all.ports, l) })
          : t('board.menus.in', { n: inMenus })}
      </p>
      <ul class="rows">
        {rows.map(([name, n]) => (
          <li key={name}>
            <span class="row-name">{name}</span>
            <Bar share={n / most} />
            <span class="row-text">{number(n, l)}</span>
            <MenuFlow name={name} />
          </li>
        ))}
      </ul>
    </>
  );
}

export function Flow() {
  return (
    <Card title={t('board.lines')} name="lines">
      <LinesList />
      <h3>{t('board.menus')}</h3>
      <MenusList />
    </Card>
  );
}
