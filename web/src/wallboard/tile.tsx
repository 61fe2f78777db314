// One number of the wallboard: of the current interval, large; of the day, beside its target; and
// how the intervals of the day went, as a line.

import { t } from '../i18n';
import { metric as shown, percent, type Lang } from '../format';
import { futures, history, lang, targets } from '../state/store';
import type { FigureKey, Rate } from '../protocol/types';
import { Mark } from '../ui/parts';
import { Term } from '../ui/term';
import { goalText, isWhole, judge, tileTarget } from './judge';

function spark(values: Rate[], low: number, high: number): string {
  const step = values.length > 1 ? 100 / (values.length - 1) : 0;
  let path = '';
  let pen = false;
  values.forEach((value, i) => {
    if (value == null) {
      pen = false;
      return;
    }
    const share = (Math.min(high, Math.max(low, value)) - low) / (high - low || 1);
    path += `${pen ? 'L' : 'M'}${(i * step).toFixed(2)} ${(22 - 20 * share).toFixed(2)}`;
    pen = true;
  });
  return path;
}

function Spark({ metric, goal }: { metric: FigureKey; goal: number | undefined }) {
  const values = (history.value?.intervals ?? []).slice(-48).map((i) => i.figures[metric]);
  const known = values.filter((v): v is number => v != null);
  if (known.length < 2) return <svg class="spark" viewBox="0 0 100 24" aria-hidden="true" />;
  const low = Math.min(...known, goal ?? Infinity);
  const high = Math.max(...known, goal ?? -Infinity);
  const line = goal === undefined ? -1 : 22 - 20 * ((goal - low) / (high - low || 1));
  return (
    <svg class="spark" viewBox="0 0 100 24" preserveAspectRatio="none" aria-hidden="true">
      {line >= 0 && <path class="spark-goal" d={`M0 ${line.toFixed(1)}H100`} />}
      <path class="spark-line" d={spark(values, low, high)} />
    </svg>
  );
}

const chanceText = (index: number, lang: Lang): string | null => {
  const chance = futures.value?.targets?.find((c) => c.index === index)?.chance;
  return chance == null ? null : percent(chance, lang, 0);
};

interface RateTileProps {
  metric: FigureKey;
  now: Rate | undefined;
  day: Rate | undefined;
}

export function RateTile({ metric, now, day }: RateTileProps) {
  const target = tileTarget(targets.value, metric);
  const own = target && isWhole(target.scope);
  // Of one group of lines, or one queue, the server says how it stands over the day.
  const status = target ? judge(metric, own ? now : target.value, target.goal) : null;
  const chance = target ? chanceText(targets.value.indexOf(target), lang.value) : null;
  return (
    <div class={`tile ${status ? `tile-${status}` : ''}`} data-metric={metric}>
      <div class="tile-top">
        <Term metric={metric} />
        {status && <Mark status={status} />}
      </div>
      <div class="tile-value">{shown(metric, now, lang.value)}</div>
      <Spark metric={metric} goal={target?.goal} />
      <div class="tile-foot">
        <span>
          {t('board.today')} <b>{shown(metric, day, lang.value)}</b>
        </span>
        {target && (
          <span title={chance ? t('board.chance', { p: chance }) : undefined}>
            {own ? '' : `${target.scope} `}
            {goalText(metric, target.goal, lang.value)}
          </span>
        )}
      </div>
    </div>
  );
}

interface CountTileProps {
  metric: string;
  value: string;
  foot: string;
  detail?: string | undefined;
  late?: boolean;
}

export function CountTile({ metric, value, foot, detail, late }: CountTileProps) {
  return (
    <div class={`tile ${late ? 'tile-missed' : ''}`} data-metric={metric}>
      <div class="tile-top">
        <Term metric={metric} />
        {late && (
          <span class="mark mark-missed">
            <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
              <path d="M8 2.5v7M8 13v.01" />
            </svg>
            {detail}
          </span>
        )}
      </div>
      <div class="tile-value">{value}</div>
      <div class="tile-foot tile-foot-low">
        <span>{foot}</span>
      </div>
    </div>
  );
}
