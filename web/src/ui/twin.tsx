// Of a session that follows a real centre: from where, how old, and what its events were like.

import { t } from '../i18n';
import { number, percent, wait } from '../format';
import { lang, twin } from '../state/store';
import { Card } from './parts';

// From so many seconds without an event on, a source is said to be silent.
const kSilentAfter = 120;

export function TwinBadge() {
  const seen = twin.value;
  if (!seen) return null;
  const silent = seen.behind_s > kSilentAfter;
  return (
    <span class={`twin-badge ${silent || seen.trouble ? 'bad' : ''}`} data-part="follows">
      <b>{t(seen.replay ? 'twin.replays' : 'twin.follows')}</b>{' '}
      <span class="dim">{seen.source}</span>{' '}
      {t(silent ? 'twin.silent' : 'twin.newest', { behind: wait(seen.behind_s) })}
    </span>
  );
}

// Beside what is foretold from a state that may be old.
export function SilenceNote() {
  const seen = twin.value;
  if (!seen || seen.behind_s <= kSilentAfter) return null;
  return (
    <p class="fault" role="status" data-part="silence">
      {t('twin.stale', { behind: wait(seen.behind_s) })}
    </p>
  );
}

export function TwinCard() {
  const seen = twin.value;
  if (!seen) return null;
  const l = lang.value;
  const counts = [
    ['events', seen.events],
    ['late', seen.late],
    ['duplicate', seen.duplicate],
    ['impossible', seen.impossible],
    ['out_of_day', seen.out_of_day],
    ['unknown', seen.unknown],
    ['broken_lines', seen.broken_lines],
  ] as const;
  return (
    <Card title={t('twin.title')} name="twin">
      {seen.trouble && (
        <p class="fault" role="alert">
          {seen.trouble}
        </p>
      )}
      <dl class="twin-counts">
        {counts.map(([name, value]) => (
          <div key={name} title={t(`twin.${name}.title`)}>
            <dt>{t(`twin.${name}`)}</dt>
            <dd>{number(value, l)}</dd>
          </div>
        ))}
        <div title={t('twin.busyness.title')}>
          <dt>{t('twin.busyness')}</dt>
          <dd>{percent(seen.busyness, l, 0)}</dd>
        </div>
        {seen.talks.map(({ queue, scale, over }) => (
          <div key={queue} title={t('twin.talk.title', { over: number(over, l) })}>
            <dt>{t('twin.talk', { queue })}</dt>
            <dd>{percent(scale, l, 0)}</dd>
          </div>
        ))}
      </dl>
      {seen.unknown_names.length > 0 && (
        <ul class="twin-names">
          {seen.unknown_names.map((name) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
      )}
    </Card>
  );
}
