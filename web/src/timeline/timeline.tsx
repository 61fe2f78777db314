// The day so far and its futures, one indicator at a time; the same as a table.

import { useMemo, useState } from 'preact/hooks';
import { t, word } from '../i18n';
import { clock as hhmm, number, percent, type Lang } from '../format';
import {
  clock,
  figures,
  futures,
  history,
  lang,
  queues,
  samples,
  state,
  systemDark,
  targets,
  theme,
  whatIf,
} from '../state/store';
import type { Bands, SeriesKey } from '../protocol/types';
import { Card, Scroller, Segments } from '../ui/parts';
import { SilenceNote } from '../ui/twin';
import { targetOf } from '../wallboard/judge';
import { FanChart } from './chart';
import { chartData, range, type Columns } from './series';

export const kSeries: SeriesKey[] = [
  'service_level',
  'answer_rate',
  'loss_rate',
  'waiting',
  'occupancy',
];

export function seriesText(metric: SeriesKey, value: number, lang: Lang): string {
  if (metric === 'waiting') return number(value, lang);
  return percent(value, lang, metric === 'loss_rate' ? 1 : 0);
}

// How many futures, from when on, and how long they took.
export const madeText = (made: Bands, l: Lang): string =>
  t('time.made', {
    paths: made.paths,
    time: hhmm(made.made_at),
    s: number(made.seconds, l, made.seconds < 10 ? 1 : 0),
  });

export const systemLook = (): string => `${theme.value} ${systemDark.value}`;

const between = (low: string, high: string): string => `${low} – ${high}`;

export function rowsAt(columns: Columns, i: number, text: (v: number) => string) {
  const at = (c: number) => columns[c]?.[i] as number | null;
  const rows: { name: string; text: string }[] = [];
  if (at(1) != null) rows.push({ name: t('time.past'), text: text(at(1)!) });
  const fans: [string, number][] = [
    [t('time.without'), 2],
    [t('time.with'), 5],
  ];
  for (const [name, c] of fans) {
    if (at(c + 1) == null) continue;
    const band =
      at(c) != null && at(c + 2) != null ? ` (${between(text(at(c)!), text(at(c + 2)!))})` : '';
    rows.push({ name, text: text(at(c + 1)!) + band });
  }
  return rows;
}

function FanTable({ columns, metric }: { columns: Columns; metric: SeriesKey }) {
  const l = lang.value;
  const cell = (c: number, i: number) => {
    const value = columns[c]?.[i];
    return value == null ? '' : seriesText(metric, value, l);
  };
  const withIt = columns[6]?.some((v) => v != null);
  const step = Math.max(1, Math.floor(columns[0].length / 96));
  return (
    <Scroller label={t('time.label', { metric: word('metric', metric) })}>
      <table class="tall">
        <thead>
          <tr>
            <th scope="col">{t('time.time')}</th>
            <th scope="col" class="n">
              {t('time.past')}
            </th>
            <th scope="col" class="n">
              {t('time.without')} {t('time.p10')}
            </th>
            <th scope="col" class="n">
              {t('time.p50')}
            </th>
            <th scope="col" class="n">
              {t('time.p90')}
            </th>
            {withIt && (
              <th scope="col" class="n">
                {t('time.with')} {t('time.p50')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {columns[0].map((at, i) =>
            i % step ? null : (
              <tr key={at}>
                <th scope="row">{hhmm(at)}</th>
                {[1, 2, 3, 4].map((c) => (
                  <td key={c} class="n">
                    {cell(c, i)}
                  </td>
                ))}
                {withIt && <td class="n">{cell(6, i)}</td>}
              </tr>
            ),
          )}
        </tbody>
      </table>
    </Scroller>
  );
}

export function FanLegend({ withIt, past = true }: { withIt: boolean; past?: boolean }) {
  return (
    <ul class="legend">
      {past && (
        <li>
          <i class="line line-past" /> {t('time.past')}
        </li>
      )}
      <li>
        <i class="line line-without" /> {t('time.without')}
      </li>
      {withIt && (
        <li>
          <i class="line line-with" /> {t('time.with')}
        </li>
      )}
      <li>
        <i class="line line-band" /> {t('time.band')}
      </li>
    </ul>
  );
}

function useChartData(metric: SeriesKey) {
  const at = clock.value;
  const now = at?.now ?? 0;
  let waiting = 0;
  for (const queue of Object.values(queues.value)) waiting += queue.waiting;
  const current = metric === 'waiting' ? waiting : (figures.value?.now[metric] ?? null);
  const change = whatIf.value;
  const withIt = change?.state === 'done' && change.with?.length ? change.bands : null;
  const data = useMemo(
    () =>
      chartData({
        metric,
        now,
        current,
        intervalStart: at?.interval?.start ?? now,
        history: history.value,
        samples: samples.value,
        without: futures.value,
        with: withIt,
      }),
    [metric, now, current, history.value, samples.value, futures.value, withIt],
  );
  return { data, withIt };
}

export function Timeline() {
  const [metric, setMetric] = useState<SeriesKey>('service_level');
  const [asTable, setAsTable] = useState(false);
  const { data, withIt } = useChartData(metric);
  const l = lang.value;
  const goal = targetOf(targets.value, metric)?.goal ?? null;
  const at = clock.value;
  const made = futures.value;
  const text = (v: number) => seriesText(metric, v, l);
  const show = { past: true, without: made != null, with: withIt != null };
  const choices = kSeries.map((value) => ({ value, label: word('metric', value) }));
  const looks = state.value?.session.looks_ahead !== false;
  const note = made ? madeText(made, l) : t(looks ? 'time.none' : 'time.off');
  return (
    <Card
      title={t('time.title')}
      name="timeline"
      aside={
        <button type="button" class="link" onClick={() => setAsTable(!asTable)}>
          {asTable ? t('time.chart') : t('time.table')}
        </button>
      }
    >
      <Segments label={t('time.metric')} choices={choices} value={metric} onChange={setMetric} />
      {asTable ? (
        <FanTable columns={data.columns} metric={metric} />
      ) : (
        <FanChart
          columns={data.columns}
          now={data.now}
          goal={goal}
          from={at?.opens ?? 0}
          to={at?.closes ?? 86400}
          scale={range(metric, data.columns, goal)}
          height={248}
          label={t('time.label', { metric: word('metric', metric) })}
          look={systemLook()}
          show={show}
          value={text}
          time={hhmm}
          readout={(i) => ({
            time: hhmm(data.columns[0][i] ?? 0),
            rows: rowsAt(data.columns, i, text),
          })}
        />
      )}
      <SilenceNote />
      <div class="card-foot">
        <FanLegend withIt={withIt != null} />
        <span class="dim">{note}</span>
      </div>
    </Card>
  );
}
