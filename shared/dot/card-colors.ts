// The colours of cards. Each says whose an object is; weight and border say the same for those who do not see colours.
import { Owner } from '../heap/owner.ts';
import type { Box } from '../picture/picture.ts';

export interface CardLook {
  border: string;
  width: number;
  fill: string;
  type: string;
  text: string;
  isBold: boolean;
  /** What the legend calls it. */
  meaning: string;
}

const grey = '#57606a';
export const quiet = { text: grey, line: '#8c959f' };

const ofOwner: Record<Owner, CardLook> = {
  [Owner.yours]: {
    border: '#0969da',
    width: 1,
    fill: '#f0f8ff',
    type: '#0a3069',
    text: '#1f2328',
    isBold: true,
    meaning: 'your code',
  },
  [Owner.package]: {
    border: '#6e7781',
    width: 1,
    fill: '#ffffff',
    type: '#1f2328',
    text: '#1f2328',
    isBold: true,
    meaning: 'packages',
  },
  [Owner.builtIn]: {
    border: '#afb8c1',
    width: 1,
    fill: '#ffffff',
    type: '#1f2328',
    text: grey,
    isBold: true,
    meaning: 'built-in types',
  },
  [Owner.internal]: {
    border: '#d0d7de',
    width: 1,
    fill: '#f6f8fa',
    type: grey,
    text: grey,
    isBold: false,
    meaning: 'runtime',
  },
};

const root: CardLook = {
  border: '#1a7f37',
  width: 1,
  fill: '#1a7f37',
  type: '#ffffff',
  text: '#ffffff',
  isBold: true,
  meaning: 'root',
};
export const subjectLook: CardLook = {
  border: '#0969da',
  width: 2,
  fill: '#cce5ff',
  type: '#0a3069',
  text: '#0a3069',
  isBold: true,
  meaning: 'the object',
};
const holder: CardLook = {
  border: '#cf222e',
  width: 2,
  fill: '#ffebe9',
  type: '#a40e26',
  text: '#a40e26',
  isBold: true,
  meaning: 'holds the leak',
};
const highlighted: CardLook = {
  border: '#8250df',
  width: 2,
  fill: '#fbefff',
  type: '#512a97',
  text: '#512a97',
  isBold: true,
  meaning: 'highlighted',
};

/** Null for what is no card. */
export function lookOf(box: Box): CardLook | null {
  switch (box.kind) {
    case 'rest':
      return null;
    case 'run':
      return box.isRoot ? root : ofOwner[Owner.internal];
    case 'object':
      if (box.isHolder) return holder;
      if (box.isHighlighted) return highlighted;
      break;
    case 'group':
    case 'stack':
  }
  if ('isStart' in box && box.isStart) return subjectLook;
  return box.isRoot || box.isV8Root ? root : ofOwner[box.owner];
}
