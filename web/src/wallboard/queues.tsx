// Queues: who waits, and how the interval and the day stand.

import { t } from '../i18n';
import { number, percent, wait } from '../format';
import { lang, queues } from '../state/store';
import type { Queue } from '../protocol/types';
import { Card, Scroller } from '../ui/parts';
import { Term } from '../ui/term';
import { withinOf } from './tiles';

function Row({ name, queue }: { name: string; queue: Queue }) {
  const within = withinOf(name);
  const late = within != null && queue.waiting > 0 && queue.longest_s > within;
  const l = lang.value;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td class="n big">{number(queue.waiting, l)}</td>
      <td class={`n ${late ? 'late' : ''}`}>
        {queue.waiting ? wait(queue.longest_s) : '–'}
        {late && within != null && (
          <span class="unseen"> {t('board.over', { within: wait(within) })}</span>
        )}
        {late && <span aria-hidden="true"> !</span>}
      </td>
      <td class="n">{percent(queue.now?.service_level, l)}</td>
      <td class="n dim">{percent(queue.day?.service_level, l)}</td>
      <td class="n">{percent(queue.now?.answer_rate, l)}</td>
      <td class="n dim">{percent(queue.day?.answer_rate, l)}</td>
      <td class="n">{number(queue.day?.offered, l)}</td>
      <td class="n">{number(queue.day?.abandoned, l)}</td>
      <td class="n">{wait(queue.day?.asa_s)}</td>
    </tr>
  );
}

export function Queues() {
  const rows = Object.entries(queues.value);
  return (
    <Card title={t('board.queues')} name="queues">
      <Scroller label={t('board.queues')}>
        <table>
          <thead>
            <tr>
              <th scope="col" rowSpan={2}>
                {t('board.queue')}
              </th>
              <th scope="col" rowSpan={2} class="n">
                <Term metric="waiting" />
              </th>
              <th scope="col" rowSpan={2} class="n">
                <Term metric="longest" />
              </th>
              <th scope="colgroup" colSpan={2} class="span">
                <Term metric="service_level" />
              </th>
              <th scope="colgroup" colSpan={2} class="span">
                <Term metric="answer_rate" />
              </th>
              <th scope="col" rowSpan={2} class="n">
                <Term metric="offered" />
              </th>
              <th scope="col" rowSpan={2} class="n">
                <Term metric="abandoned" />
              </th>
              <th scope="col" rowSpan={2} class="n">
                <Term metric="asa_s" />
              </th>
            </tr>
            <tr>
              <th scope="col" class="n">
                {t('board.interval')}
              </th>
              <th scope="col" class="n">
                {t('board.today')}
              </th>
              <th scope="col" class="n">
                {t('board.interval')}
              </th>
              <th scope="col" class="n">
                {t('board.today')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, queue]) => (
              <Row key={name} name={name} queue={queue} />
            ))}
          </tbody>
        </table>
      </Scroller>
    </Card>
  );
}
