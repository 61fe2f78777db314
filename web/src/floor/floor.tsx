// The floor as a picture, in the order in which a call walks through it: lines, menus, queues,
// groups.

import { useEffect, useRef, useState } from 'preact/hooks';
import { t, word } from '../i18n';
import { number, percent, wait } from '../format';
import { groups, lang, queues } from '../state/store';
import type { Group, Queue } from '../protocol/types';
import { Card } from '../ui/parts';
import { Legend, onDuty } from '../wallboard/groups';
import { LinesList, MenusList } from '../wallboard/flow';
import { withinOf } from '../wallboard/tiles';
import { Key, Marks, statesText } from './marks';
import { ordered, perMark } from './seats';

const kMostDots = 60;
const kMostMarks = 400;

function QueueLane({ name, queue }: { name: string; queue: Queue }) {
  const within = withinOf(name);
  const late = within != null && queue.waiting > 0 && queue.longest_s > within;
  const dots = Math.min(queue.waiting, kMostDots);
  const l = lang.value;
  return (
    <li class={`lane ${late ? 'lane-late' : ''}`}>
      <div class="lane-head">
        <b>{name}</b>
        <span>
          {queue.waiting ? t('floor.waiting', { n: number(queue.waiting, l) }) : t('floor.empty')}
        </span>
      </div>
      <div class="dots" aria-hidden="true">
        {Array.from({ length: dots }, (_, i) => (
          <i key={i} class={i === 0 ? 'head' : ''} />
        ))}
        {queue.waiting > dots && <span>+{number(queue.waiting - dots, l)}</span>}
      </div>
      <div class="lane-foot">
        {queue.waiting > 0 && (
          <span class={late ? 'late' : ''}>
            {t('floor.longest', { wait: wait(queue.longest_s) })}
            {late && within != null ? ` · ${t('board.over', { within: wait(within) })}` : ''}
          </span>
        )}
        {queue.callbacks > 0 && (
          <span>
            {word('metric', 'callbacks')} {number(queue.callbacks, l)}
          </span>
        )}
        {queue.backlog > 0 && (
          <span>
            {word('metric', 'backlog')} {number(queue.backlog, l)}
          </span>
        )}
      </div>
    </li>
  );
}

function GroupBlock({ name, group, width }: { name: string; group: Group; width: number }) {
  const counts = onDuty(group);
  const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const l = lang.value;
  const per = perMark(total, kMostMarks);
  return (
    <li class="block">
      <div class="lane-head">
        <b>{name}</b>
        <span>{t('floor.agents', { n: number(total, l) })}</span>
        <span class="dim">
          {word('metric', 'occupancy')} {percent(group.occupancy, l)}
        </span>
        {per > 1 && <span class="dim">{t('floor.legend.many', { n: per })}</span>}
      </div>
      <Marks
        counts={counts}
        width={width}
        most={kMostMarks}
        label={`${name}: ${statesText(counts, (s) => word('state', s))}`}
      />
      <ul class="counts">
        {ordered(counts).map(([state, n]) => (
          <li key={state}>
            <Key state={state} />
            <b>{number(n, l)}</b> {word('state', state)}
          </li>
        ))}
      </ul>
    </li>
  );
}

// How wide a block is inside.
function useWidth() {
  const place = useRef<HTMLUListElement>(null);
  const [width, setWidth] = useState(340);
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const fit = () => setWidth(element.clientWidth - 26);
    const observer = new ResizeObserver(fit);
    observer.observe(element);
    fit();
    return () => observer.disconnect();
  }, []);
  return { place, width };
}

export function Floor() {
  const { place, width } = useWidth();
  return (
    <div class="floor">
      <div class="floor-side">
        <Card title={t('floor.lines')} name="floor-lines">
          <LinesList />
        </Card>
        <Card title={t('floor.menus')} name="floor-menus">
          <MenusList />
        </Card>
      </div>
      <Card title={t('floor.queues')} name="floor-queues">
        <ul class="lanes">
          {Object.entries(queues.value).map(([name, queue]) => (
            <QueueLane key={name} name={name} queue={queue} />
          ))}
        </ul>
      </Card>
      <Card title={t('floor.groups')} name="floor-groups" aside={<Legend />}>
        <ul class="blocks" ref={place}>
          {Object.entries(groups.value).map(([name, group]) => (
            <GroupBlock key={name} name={name} group={group} width={width} />
          ))}
        </ul>
      </Card>
    </div>
  );
}
