// What could be done now, ranked by gain, with how certain that is.

import { both, t } from '../i18n';
import { number, percent } from '../format';
import { askAdvice, sendAll } from '../state/actions';
import { advice, follows, lang, plan } from '../state/store';
import type { Candidate } from '../protocol/types';
import { Bar } from '../ui/parts';
import { sentence } from '../controls/sentence';
import { Icon } from '../ui/icon';
import { dropProposal, proposals, takeCommands } from './alternative';
import { gainText } from './differences';

function Row({ candidate, rank }: { candidate: Candidate; rank: number }) {
  const l = lang.value;
  const nothing = !candidate.commands?.length;
  const text = both(candidate.text, candidate.text_zh) || t('whatif.advice.nothing');
  const cost = `${number(candidate.cost, l)} ${plan.value?.currency ?? ''}`.trim();
  return (
    <li class="candidate">
      <span class="rank">{rank}</span>
      <div>
        <b>{text}</b>{' '}
        {candidate.proposed && <span class="kind">{t('whatif.advice.proposed')}</span>}
        <div class="candidate-facts">
          {!nothing && (
            <span>{t('whatif.advice.gain', { gain: gainText(candidate.gain, l) })}</span>
          )}
          <span>{t('whatif.advice.cost', { cost })}</span>
        </div>
        <div class="target-line">
          <Bar share={candidate.best_chance ?? 0} />
          <span class="dim">
            {t('whatif.advice.chance', { p: percent(candidate.best_chance, l, 0) })}
          </span>
        </div>
      </div>
      {!nothing && (
        <div class="candidate-buttons">
          <button type="button" onClick={() => takeCommands(candidate.commands)}>
            {t('whatif.advice.take')}
          </button>
          {!follows.value && (
            <button type="button" onClick={() => void sendAll(candidate.commands)}>
              {t('whatif.apply')}
            </button>
          )}
        </div>
      )}
    </li>
  );
}

function Proposals() {
  const kept = proposals.value;
  if (!kept.length) return null;
  return (
    <ul class="chosen" data-part="proposals">
      {kept.map((commands, i) => {
        const text = commands.map(sentence).join(' · ');
        return (
          <li key={text}>
            <span>{text}</span>
            <button
              type="button"
              class="tiny"
              aria-label={t('whatif.remove', { command: text })}
              onClick={() => dropProposal(i)}
            >
              <Icon name="close" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}

export function AdvicePart() {
  const found = advice.value;
  const running = found?.state === 'running';
  const rows = found?.candidates ?? [];
  return (
    <section class="advice" aria-labelledby="advice-title" data-part="advice">
      <h3 id="advice-title">{t('whatif.advice')}</h3>
      <p class="quiet">{t('whatif.advice.text')}</p>
      <Proposals />
      <button
        type="button"
        aria-disabled={running}
        data-part="ask-advice"
        onClick={() => running || void askAdvice(100, proposals.value)}
      >
        {running
          ? t('whatif.running', { p: percent(found?.progress ?? 0, lang.value, 0) })
          : t('whatif.advice.ask')}
      </button>
      {found?.state === 'done' && rows.length === 0 && (
        <p class="quiet">{t('whatif.advice.none')}</p>
      )}
      <ol class="candidates">
        {rows.map((candidate, i) => (
          <Row key={candidate.text} candidate={candidate} rank={i + 1} />
        ))}
      </ol>
    </section>
  );
}
