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

// Alternatives that are kept, to be ranked against each other and against what the program finds.
export const proposals = signal<Command[][]>([]);
const kMostProposals = 20;

export function keepAlternative(): void {
  const kept = proposals.value.filter((one) => !same(one, alternative.value));
  proposals.value = [...kept, alternative.value].slice(-kMostProposals);
  alternative.value = [];
}

export function dropProposal(index: number): void {
  proposals.value = proposals.value.filter((_, i) => i !== index);
}

const same = (a: Command[], b: Command[]): boolean => JSON.stringify(a) === JSON.stringify(b);

export function takeCommands(commands: Command[]): void {
  alternative.value = [...commands];
}

// From the rail: the drawer opens with this command as the change.
export function tryCommand(command: Command): void {
  addCommand(command);
  whatIfOpen.value = true;
}
