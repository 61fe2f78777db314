import { Timeline } from '../timeline/timeline';
import { Flow } from './flow';
import { Groups } from './groups';
import { Queues } from './queues';
import { Targets, TwinLine } from './targets';
import { Tiles } from './tiles';

export function Wallboard() {
  return (
    <div class="wallboard">
      <TwinLine />
      <Tiles />
      <Timeline />
      <Targets />
      <Queues />
      <Groups />
      <Flow />
    </div>
  );
}
