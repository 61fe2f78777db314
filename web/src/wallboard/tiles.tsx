// The six numbers that a supervisor looks at first, and under them the counts of the day.

import { t } from '../i18n';
import { metric as shown, number, wait } from '../format';
import { figures, groups, lang, plan, queues } from '../state/store';
import type { FigureKey } from '../protocol/types';
import { Term } from '../ui/term';
import { CountTile, RateTile } from './tile';

const kUnder: FigureKey[] = [
  'attempts',
  'offered',
  'answered',
  'abandoned',
  'blocked',
  'asa_s',
  'aht_s',
  'occupancy',
];

// Answer-within of a queue in seconds, if the plan says it.
export function withinOf(name: string): number | null {
  const queue = plan.value?.queues.find((q) => q.name === name) as
    | { answer_within_s?: number; within_s?: number; target?: { within_s?: number } }
    | undefined;
  return queue?.answer_within_s ?? queue?.within_s ?? queue?.target?.within_s ?? null;
}

export function Tiles() {
  const now = figures.value?.now;
  const day = figures.value?.day;
  let waiting = 0;
  let longest = 0;
  let where = '';
  for (const [name, queue] of Object.entries(queues.value)) {
    waiting += queue.waiting;
    if (queue.longest_s > longest) {
      longest = queue.longest_s;
      where = name;
    }
  }
  const within = where ? withinOf(where) : null;
  const available = Object.values(groups.value).reduce((n, g) => n + (g.agents.available ?? 0), 0);
  const late = within != null && longest > within;
  return (
    <section aria-label={t('board.kpis')} data-part="tiles">
      <div class="tiles">
        <RateTile metric="service_level" now={now?.service_level} day={day?.service_level} />
        <RateTile metric="answer_rate" now={now?.answer_rate} day={day?.answer_rate} />
        <RateTile metric="loss_rate" now={now?.loss_rate} day={day?.loss_rate} />
        <CountTile
          metric="waiting"
          value={number(waiting, lang.value)}
          foot={`${number(available, lang.value)} ${t('state.available')}`}
        />
        <CountTile
          metric="longest"
          value={waiting ? wait(longest) : '–'}
          foot={waiting ? where : t('floor.empty')}
          late={late && waiting > 0}
          detail={within != null ? t('board.over', { within: wait(within) }) : undefined}
        />
      </div>
      <dl class="under">
        {kUnder.map((key) => (
          <div key={key}>
            <dt>
              <Term metric={key} />
            </dt>
            <dd>
              {shown(key, day?.[key], lang.value)}
              <span class="dim"> {shown(key, now?.[key], lang.value)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
