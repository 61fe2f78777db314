// The alternative that is being put together: commands that are not done yet.

import { signal } from '@preact/signals';
import type { Command } from '../protocol/types';
import { whatIfOpen } from '../state/store';

export const alternative = signal<Command[]>([]);

export function addCommand(command: Command): void {
  alternative.value = [...alternative.value, command];
}

export function removeCommand(index: number): void {
  alternative.value = alternative.value.filter((_, i) => i !== index);
}

export function takeCommands(commands: Command[]): void {
  alternative.value = [...commands];
}

// From the rail: the drawer opens with this command as the change.
export function tryCommand(command: Command): void {
  addCommand(command);
  whatIfOpen.value = true;
}
