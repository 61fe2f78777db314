import { Timeline } from '../timeline/timeline';
import { Flow } from './flow';
import { Groups } from './groups';
import { Queues } from './queues';
import { TwinCard } from '../ui/twin';
import { Targets } from './targets';
import { Tiles } from './tiles';

export function Wallboard() {
  return (
    <div class="wallboard">
      <Tiles />
      <Timeline />
      <Targets />
      <Queues />
      <Groups />
      <Flow />
      <TwinCard />
    </div>
  );
}
