import { effect } from '@preact/signals';
import { render } from 'preact';
import { App } from './app';
import { begin } from './state/connect';
import { lang, state, systemDark, theme } from './state/store';
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
  const dark = theme.value === 'auto' ? systemDark.value : theme.value === 'dark';
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
});
addEventListener('keydown', onKey);
render(<App />, document.getElementById('page')!);
void begin();
