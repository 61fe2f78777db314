// A command in words, short: "More or fewer agents: inbound +3".

import { both, word } from '../i18n';
import type { Command, Field } from '../protocol/types';

function shown(name: string, value: Field): string {
  if (Array.isArray(value)) return value.join(', ');
  if (name === 'factor') return `× ${value}`;
  if (name === 'share' || name === 'deflect' || name === 'hang_up') {
    return `${word('field', name).replace(/[,，]\s*%$/, '')} ${Number(value) * 100}%`;
  }
  if (name === 'by' && typeof value === 'number') return value > 0 ? `+${value}` : `−${-value}`;
  if (name === 'to') return `→ ${value}`;
  return String(value);
}

export function sentence(command: Command): string {
  const parts = Object.entries(command)
    .filter(([name]) => name !== 'do' && name !== 'note')
    .map(([name, value]) => shown(name, value));
  return `${word('do', command.do)}${parts.length ? both(': ', '：') : ''}${parts.join(' ')}`;
}
