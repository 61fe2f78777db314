import { lazy, Suspense } from 'preact/compat';
import { ClockBar } from './controls/clock-bar';
import { Rail } from './controls/rail';
import { Floor } from './floor/floor';
import { t } from './i18n';
import {
  helpOpen,
  link,
  session,
  sessions,
  state,
  unauthorised,
  view,
  whatIfOpen,
} from './state/store';
import { Choose, Refused, Waiting } from './ui/entry';
import { Header, LostBanner } from './ui/header';
import { Help } from './ui/help';
import { Notices } from './ui/notices';
import { Wallboard } from './wallboard/wallboard';
import { Drawer } from './whatif/drawer';

// ECharts comes with it, and only when it is asked for.
const PlanView = lazy(() => import('./plan/plan-view'));

function Board() {
  return (
    <>
      <ClockBar />
      <div class="stage">
        <main id="board" tabIndex={-1} aria-label={t(`view.${view.value}`)}>
          {view.value === 'wallboard' && <Wallboard />}
          {view.value === 'floor' && <Floor />}
          {view.value === 'plan' && (
            <Suspense fallback={<p class="quiet">{t('plan.wait')}</p>}>
              <PlanView />
            </Suspense>
          )}
        </main>
        <aside aria-label={t('act.title')}>
          <Rail />
        </aside>
      </div>
      {whatIfOpen.value && <Drawer />}
    </>
  );
}

function Body() {
  if (unauthorised.value) return <Refused />;
  if (state.value) return <Board />;
  if (sessions.value && !session.value && link.value.kind === 'live') return <Choose />;
  return <Waiting />;
}

export function App() {
  return (
    <>
      <Header />
      <LostBanner />
      <Body />
      <Notices />
      {helpOpen.value && <Help />}
    </>
  );
}
