// Keys of the whole page. They do nothing while somebody types, and never take a key from a button.

import { changeSpeed, setClock, togglePause } from '../state/actions';
import { helpOpen, kViews, whatIfOpen } from '../state/store';
import { showView } from './header';

const typing = (target: Element | null): boolean =>
  target instanceof HTMLElement &&
  (target.matches('input:not([type=range]):not([type=radio]):not([type=checkbox]), select') ||
    target.matches('textarea') ||
    target.isContentEditable);

const pressing = (target: Element | null): boolean =>
  target?.closest('button, a, summary, label, [type=radio], [type=checkbox]') != null;

export function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || helpOpen.value) return;
  const target = event.target as Element | null;
  const key = event.key;
  if (key === 'Escape' && whatIfOpen.value && !event.defaultPrevented) {
    whatIfOpen.value = false;
    return;
  }
  if (typing(target)) return;
  if (key === ' ') {
    if (pressing(target)) return;
    togglePause();
  } else if (key === '+' || key === '=') changeSpeed(1);
  else if (key === '-' || key === '−') changeSpeed(-1);
  else if (key === '.') void setClock({ step: 'interval' });
  else if (key === '?') helpOpen.value = true;
  else if (key === 'w') whatIfOpen.value = !whatIfOpen.value;
  else if (key === '1' || key === '2' || key === '3') showView(kViews[Number(key) - 1]!);
  else return;
  event.preventDefault();
}
