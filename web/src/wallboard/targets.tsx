// Targets of the day: how each stands, and in which share of the futures it is met.

import { both, t, word } from '../i18n';
import { metric as shown, percent } from '../format';
import { futures, lang, targets } from '../state/store';
import type { Target } from '../protocol/types';
import { Bar, Card, Mark, type Status } from '../ui/parts';
import { SilenceNote } from '../ui/twin';
import { goalText, isWhole } from './judge';

const statusOf = (met: boolean | null | undefined): Status =>
  met == null ? 'open' : met ? 'met' : 'missed';

function Row({ target, index }: { target: Target; index: number }) {
  const l = lang.value;
  const chance = futures.value?.targets?.find((c) => c.index === index)?.chance;
  const tone = chance == null ? '' : chance >= 0.8 ? 'bar-good' : chance < 0.2 ? 'bar-full' : '';
  return (
    <li class="target">
      <div class="target-head">
        <span title={both(target.text, target.text_zh)}>
          {word('metric', target.metric)}
          {!isWhole(target.scope) && <span class="dim"> {target.scope}</span>}
        </span>
        <Mark status={statusOf(target.met)} />
      </div>
      <div class="target-line">
        <b>{shown(target.metric, target.value, l)}</b>
        <span class="dim">{goalText(target.metric, target.goal, l)}</span>
      </div>
      {chance != null && (
        <div class="target-line">
          <Bar share={chance} tone={tone} />
          <span class="dim">{t('board.chance', { p: percent(chance, l, 0) })}</span>
        </div>
      )}
    </li>
  );
}

export function Targets() {
  const rows = targets.value;
  return (
    <Card title={t('board.targets')} name="targets">
      <SilenceNote />
      {rows.length ? (
        <ul class="targets">
          {rows.map((target, i) => (
            <Row key={`${target.metric} ${target.scope}`} target={target} index={i} />
          ))}
        </ul>
      ) : (
        <p class="quiet">{t('board.targets.none')}</p>
      )}
    </Card>
  );
}
