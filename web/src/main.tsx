import { effect } from '@preact/signals';
import { render } from 'preact';
import { App } from './app';
import { begin } from './state/connect';
import { lang, state, theme } from './state/store';
import './style/colours.css';
import './style/base.css';
import './style/clock.css';
import './style/frame.css';
import './style/groups.css';
import './style/chart.css';
import './style/board.css';
import './style/floor.css';
import './style/forms.css';
import './style/what-if.css';
import { onKey } from './ui/keys';

effect(() => {
  document.documentElement.lang = lang.value === 'zh' ? 'zh-CN' : 'en';
  const title = state.value?.session.title;
  document.title = title ? `${title} · callmill live` : 'callmill live';
});
effect(() => {
  if (theme.value === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme.value;
});
addEventListener('keydown', onKey);
render(<App />, document.getElementById('page')!);
void begin();
