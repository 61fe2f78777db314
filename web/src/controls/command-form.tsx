// Choose a command, fill in its fields, and do it now or try it first. The what-if drawer uses the
// same form to put an alternative together.

import { useId, useState } from 'preact/hooks';
import { both, t, word } from '../i18n';
import type { Command, ProblemError } from '../protocol/types';
import { build, kCommands, type CommandSpec, type Values } from './commands';
import { Field, namesFor } from './field';

interface CommandFormProps {
  onDo?: ((command: Command) => Promise<ProblemError[]>) | undefined;
  onTry: (command: Command) => void;
  tryLabel: string;
}

// Before anybody has chosen: the first name of each list, and the second where two must differ.
function startOf(spec: CommandSpec): Values {
  const values: Values = {};
  let groups = 0;
  for (const field of spec.fields) {
    const names = namesFor(field.kind);
    if (field.kind === 'types') values[field.name] = [];
    else if (field.kind === 'group') values[field.name] = names[groups++] ?? names[0] ?? '';
    else if (field.kind === 'queue' || field.kind === 'trunks') values[field.name] = names[0] ?? '';
    else values[field.name] = field.start;
  }
  return values;
}

function faultsOf(errors: ProblemError[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const error of errors) {
    const field = (error.pointer ?? '').split('/')[1] ?? '';
    const expected = both(error.expected, error.expected_zh);
    const guess = error.nearest
      ? ` ${t('act.nearest', { nearest: error.nearest })}`
      : expected
        ? ` (${expected})`
        : '';
    found[field] = both(error.detail, error.detail_zh) + guess;
  }
  return found;
}

const kParts = ['people', 'callers', 'routing', 'centre'] as const;

function Palette({ chosen, onChoose }: { chosen: string; onChoose: (s: CommandSpec) => void }) {
  return (
    <div class="palette">
      {kParts.map((part) => (
        <div key={part} class="palette-part" role="group" aria-label={t(`act.${part}`)}>
          <span class="palette-name" aria-hidden="true">
            {t(`act.${part}`)}
          </span>
          <div>
            {kCommands
              .filter((spec) => spec.part === part)
              .map((spec) => (
                <button
                  key={spec.do}
                  type="button"
                  data-do={spec.do}
                  class={spec.do === chosen ? 'on' : ''}
                  aria-pressed={spec.do === chosen}
                  onClick={() => onChoose(spec)}
                >
                  {word('do', spec.do)}
                </button>
              ))}
          </div>
        </div>
      ))}
    </div>
  );
}

export function CommandForm({ onDo, onTry, tryLabel }: CommandFormProps) {
  const id = useId();
  const [spec, setSpec] = useState<CommandSpec>(kCommands[0]!);
  const [values, setValues] = useState<Values>({});
  const [faults, setFaults] = useState<Record<string, string>>({});
  const all = { ...startOf(spec), ...values };

  const choose = (next: CommandSpec) => {
    setSpec(next);
    setValues({});
    setFaults({});
  };
  const ready = (): Command | null => {
    const { command, faults: wrong } = build(spec, all);
    const texts = Object.entries(wrong).map(([name, fault]) => [name, t(`act.bad.${fault}`)]);
    setFaults(Object.fromEntries(texts) as Record<string, string>);
    return texts.length ? null : command;
  };
  const doNow = async (event: Event) => {
    event.preventDefault();
    const command = ready();
    if (!command) return;
    if (onDo) setFaults(faultsOf(await onDo(command)));
    else onTry(command);
  };
  const tryIt = () => {
    const command = ready();
    if (command) onTry(command);
  };
  return (
    <form class="command" onSubmit={(e) => void doNow(e)} noValidate>
      <Palette chosen={spec.do} onChoose={choose} />
      <div class="fields">
        {spec.fields.map((field) => (
          <Field
            key={`${spec.do} ${field.name}`}
            id={`${id}-${field.name}`}
            field={field}
            value={all[field.name] ?? ''}
            fault={faults[field.name]}
            onChange={(value) => setValues({ ...values, [field.name]: value })}
          />
        ))}
        <div class="field field-wide">
          <label for={`${id}-note`}>
            {t('act.note')} <span class="dim">({t('act.optional')})</span>
          </label>
          <input
            id={`${id}-note`}
            type="text"
            autocomplete="off"
            value={(values['note'] as string) ?? ''}
            onInput={(e) => setValues({ ...values, note: e.currentTarget.value })}
          />
        </div>
      </div>
      {faults[''] && <p class="fault">{faults['']}</p>}
      <div class="buttons">
        {onDo && (
          <button type="submit" class="primary" data-part="do">
            {t('act.do')}
          </button>
        )}
        <button
          type={onDo ? 'button' : 'submit'}
          data-part="try"
          onClick={onDo ? tryIt : undefined}
        >
          {tryLabel}
        </button>
      </div>
    </form>
  );
}
