// One field of a command: a list of the centre's own names, a number, a duration.

import { t, word } from '../i18n';
import { groups, lines, plan, queues } from '../state/store';
import { nameOf, paths, type FieldSpec } from './commands';

interface FieldProps {
  id: string;
  field: FieldSpec;
  value: string | string[];
  fault: string | undefined;
  onChange: (value: string | string[]) => void;
}

const kDurations = ['5min', '10min', '15min', '30min', '1h', '2h'];

export function namesFor(kind: FieldSpec['kind']): string[] {
  if (kind === 'group') return Object.keys(groups.value);
  if (kind === 'trunks') return Object.keys(lines.value);
  if (kind === 'queue' || kind === 'anyQueue') return Object.keys(queues.value);
  if (kind === 'types') return (plan.value?.types ?? []).map(nameOf);
  return [];
}

function Select({ id, field, value, onChange }: FieldProps) {
  return (
    <select id={id} value={value as string} onChange={(e) => onChange(e.currentTarget.value)}>
      {field.kind === 'anyQueue' && <option value="">{t('act.every')}</option>}
      {namesFor(field.kind).map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  );
}

// Caller types: none chosen means all of them.
function Types({ id, value, onChange }: FieldProps) {
  const chosen = Array.isArray(value) ? value : [];
  const flip = (name: string) =>
    onChange(chosen.includes(name) ? chosen.filter((n) => n !== name) : [...chosen, name]);
  return (
    <div class="checks" id={id} role="group" aria-labelledby={`${id}-label`}>
      <label class={chosen.length ? '' : 'on'}>
        <input type="checkbox" checked={!chosen.length} onChange={() => onChange([])} />
        {t('act.all')}
      </label>
      {namesFor('types').map((name) => (
        <label key={name} class={chosen.includes(name) ? 'on' : ''}>
          <input type="checkbox" checked={chosen.includes(name)} onChange={() => flip(name)} />
          {name}
        </label>
      ))}
    </div>
  );
}

function Text(props: FieldProps) {
  const { id, field, value, fault, onChange } = props;
  const list = field.kind.toLowerCase().endsWith('duration') || field.kind === 'path';
  const options = field.kind === 'path' ? (plan.value ? paths(plan.value) : []) : kDurations;
  const numeric = ['signed', 'count', 'factor', 'percent'].includes(field.kind);
  return (
    <>
      <input
        id={id}
        type="text"
        inputMode={numeric && field.kind !== 'signed' ? 'decimal' : 'text'}
        autocomplete="off"
        spellcheck={false}
        value={value as string}
        placeholder={field.kind === 'maybeDuration' ? t('act.until.ended') : ''}
        aria-invalid={fault ? 'true' : undefined}
        aria-describedby={fault ? `${id}-fault` : undefined}
        {...(list ? { list: `${id}-list` } : {})}
        onInput={(e) => onChange(e.currentTarget.value)}
      />
      {list && (
        <datalist id={`${id}-list`}>
          {options.map((option) => (
            <option key={option} value={option} />
          ))}
        </datalist>
      )}
    </>
  );
}

export function Field(props: FieldProps) {
  const { id, field, fault } = props;
  const selects = ['group', 'trunks', 'queue', 'anyQueue'].includes(field.kind);
  const wide = field.kind === 'types' || field.kind === 'path';
  const inner = selects ? (
    <Select {...props} />
  ) : field.kind === 'types' ? (
    <Types {...props} />
  ) : (
    <Text {...props} />
  );
  return (
    <div class={`field ${wide ? 'field-wide' : ''}`}>
      {field.kind === 'types' ? (
        <span id={`${id}-label`} class="label">
          {word('field', field.name)}
        </span>
      ) : (
        <label for={id}>{word('field', field.name)}</label>
      )}
      {inner}
      {fault && (
        <span class="fault" id={`${id}-fault`}>
          {fault}
        </span>
      )}
    </div>
  );
}
