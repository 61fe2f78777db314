// What a change does: mean of the differences and their interval, as a bar about zero and in words.

import { t, word } from '../i18n';
import { difference, isShare, metric as shown, number, type Lang } from '../format';
import { lang } from '../state/store';
import type { Difference, Interval3 } from '../protocol/types';
import { Scroller } from '../ui/parts';
import { Term } from '../ui/term';
import { direction, isWhole } from '../wallboard/judge';

export type Reading = 'better' | 'worse' | 'unclear' | 'more' | 'less';

export function readingOf(metric: string, { low, high }: Interval3): Reading {
  if (low == null || high == null || (low <= 0 && high >= 0)) return 'unclear';
  const way = direction(metric);
  if (way === 0) return low > 0 ? 'more' : 'less';
  return low > 0 === way > 0 ? 'better' : 'worse';
}

export function intervalText(key: string, of: Interval3, lang: Lang): string {
  const mean = difference(key, of.mean, lang);
  if (of.low == null || of.high == null) return mean;
  return `${mean} [${difference(key, of.low, lang)}, ${difference(key, of.high, lang)}]`;
}

// -1..1 of the widest interval of the same unit, so that bars can be compared.
function Whisker({ of, most }: { of: Interval3; most: number }) {
  if (of.mean == null) return null;
  const x = (v: number | null) => (60 + (58 * (v ?? of.mean!)) / (most || 1)).toFixed(1);
  return (
    <svg class="whisker" viewBox="0 0 120 14" width="120" height="14" aria-hidden="true">
      <path class="whisker-zero" d="M60 0v14" />
      <path
        class="whisker-line"
        d={`M${x(of.low)} 7H${x(of.high)}M${x(of.low)} 4v6M${x(of.high)} 4v6`}
      />
      <circle class="whisker-mean" cx={x(of.mean)} cy="7" r="3" />
    </svg>
  );
}

const kUseful = [
  'service_level',
  'answer_rate',
  'loss_rate',
  'abandon_rate',
  'occupancy',
  'asa',
  'asa_s',
  'answered',
  'abandoned',
  'blocked',
  'offered',
  'waiting',
  'cost',
];

export function Differences({ rows }: { rows: Difference[] }) {
  const l = lang.value;
  const useful = rows.filter((row) => kUseful.includes(row.metric) && row.mean != null);
  const most = (share: boolean) =>
    Math.max(
      0,
      ...useful
        .filter((row) => isShare(row.metric) === share)
        .flatMap((row) => [Math.abs(row.low ?? 0), Math.abs(row.high ?? 0)]),
    );
  const widest = { share: most(true), other: most(false) };
  return (
    <Scroller label={t('whatif.differences')}>
      <table class="differences">
        <thead>
          <tr>
            <th scope="col">{t('whatif.metric')}</th>
            <th scope="col" class="n">
              {t('whatif.difference')}
            </th>
            <th scope="col">
              <span class="unseen">{t('whatif.difference')}</span>
            </th>
            <th scope="col">{t('whatif.reading')}</th>
          </tr>
        </thead>
        <tbody>
          {useful.map((row) => {
            const reading = readingOf(row.metric, row);
            const share = isShare(row.metric);
            return (
              <tr key={`${row.metric} ${row.scope}`} data-metric={row.metric}>
                <th scope="row">
                  <Term metric={row.metric} />
                  {!isWhole(row.scope) && <span class="dim"> {row.scope}</span>}
                </th>
                <td class="n">
                  {intervalText(row.metric, row, l)}
                  {share && <span class="dim"> {t('whatif.points')}</span>}
                </td>
                <td>
                  <Whisker of={row} most={share ? widest.share : widest.other} />
                </td>
                <td class={`reading reading-${reading}`}>{t(`whatif.${reading}`)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroller>
  );
}

export function DayFigures({
  without,
  withIt,
}: {
  without: Record<string, Interval3>;
  withIt: Record<string, Interval3>;
}) {
  const l = lang.value;
  const keys = Object.keys(withIt)
    .filter((key) => kUseful.includes(key))
    .slice(0, 6);
  return (
    <dl class="side-figures">
      {keys.map((key) => (
        <div key={key}>
          <dt>{word('metric', key)}</dt>
          <dd>
            <span class="without">{shown(key, without[key]?.mean, l)}</span>
            <span aria-hidden="true"> → </span>
            <span class="with">{shown(key, withIt[key]?.mean, l)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

// The gain of an advice: what targets are missed by, less.
export function gainText(of: Interval3, l: Lang): string {
  const digits = Math.abs(of.mean ?? 0) < 1 ? 3 : 2;
  const text = (v: number | null) => number(v, l, digits);
  if (of.low == null || of.high == null) return text(of.mean);
  return `${text(of.mean)} [${text(of.low)}, ${text(of.high)}]`;
}
