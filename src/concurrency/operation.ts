/**
 * What an operation of the IR means, as data: the shape of a row of `operation-table.ts`. Liveness, slicing, control flow,
 * capabilities, effect summaries and the machine's scheduling are all derived from these rows, through the questions of
 * `instructions.ts`, so that a new operation is one entry of the vocabulary, one row and one step of the machine.
 */

/** Names of contents of objects that are no fields. */
export const contents = {
  cell: '*',
  target: 'target',
  element: '[]',
  key: '[k]',
  length: '#',
  sent: '<-',
  done: 'Done()',
} as const;

/** The content that has the name of the field that the instruction names. */
export const namedField = '.';

/** The lock of a condition variable: a field that its user sets. */
export const lockOfCond = 'L';

export type ContentName = (typeof contents)[keyof typeof contents] | typeof namedField | typeof lockOfCond;

/** What the object in a slot holds under a name. */
export interface Content<Name extends string = string> {
  readonly in: Name;
  readonly name: ContentName;
  /** Only who wants the value of this slot asks for the content. */
  readonly for?: Name;
}

/** A slot of the instruction, by the name of its property, or a content of what it refers to. */
export type Place<Name extends string = string> = Name | Content<Name>;

/** The value at `from` may be the value at `to` afterwards. */
export interface Flow<Name extends string = string> {
  readonly to: Place<Name>;
  readonly from: Place<Name>;
}

/** What an operation does to the synchronisation object it is about. */
export type Act =
  | 'send'
  | 'receive'
  | 'close'
  | 'lock'
  | 'unlock'
  /** Raises or lowers a WaitGroup. */
  | 'count'
  | 'wait'
  | 'signal'
  | 'once'
  | 'cancel'
  /** Looks at a context, or at its channel. */
  | 'ask'
  /** Stops a timer or ticker, or sets it again. */
  | 'stop';

export interface Operation<Name extends string = string> {
  /** Properties with the slots that it reads; of a call the callee's, of a select those of its arms come by themselves. */
  readonly reads?: readonly Name[];
  /** Properties with the slots that it writes on every path. */
  readonly writes?: readonly Name[];
  /** Properties with the labels where control goes on; absent: at the next instruction. */
  readonly targets?: readonly Name[];
  /** Nothing of the function runs after it, but deferred calls. */
  readonly ends?: 'function' | 'panic' | 'process' | 'program';
  /** Ends a panic. */
  readonly recovers?: true;
  /** Each case is a `send` or `recv` of its own, of which one happens. */
  readonly arms?: true;

  /** What its `dst` refers to is made by it: an object nobody else knows, a synchronisation object, a value that leads on. */
  readonly makes?: 'object' | 'sync' | 'value' | 'closure';
  /** The type of its `dst` is told by its `hint`. */
  readonly hinted?: true;
  readonly flows?: readonly Flow<Name>[];
  /** Contents that decide what it writes. */
  readonly consults?: readonly Content<Name>[];
  /** Contents that it changes. */
  readonly puts?: readonly Content<Name>[];
  /** The operand may be a pointer to a field of a struct. */
  readonly points?: Name;

  /** The synchronisation object that it is about, what it does to it, and the hint for one that comes from outside. */
  readonly on?: Name;
  readonly act?: Act;
  readonly kind?: 'chan' | 'mutex' | 'rwmutex' | 'waitgroup' | 'cond' | 'once' | 'context';
  /** A scheduling point: it waits for its turn among the processes; `sometimes`: it depends on the values. */
  readonly turn?: 'always' | 'sometimes';
  /** A process can be stuck in it forever. */
  readonly blocks?: true;
  /** Lets go on who waits for its object. */
  readonly enables?: true;
  /** Who lets others go on at its object matters to it. */
  readonly watches?: true;
  /** A step that takes time and waits for nobody. */
  readonly pauses?: true;

  /** What it calls: at once, when the function ends, as a goroutine, once for all callers. */
  readonly calls?: 'now' | 'deferred' | 'goroutine' | 'once';
  /** Operands that code outside knows from now on. */
  readonly escapes?: readonly Name[];
  /** The operand whose data is written by unseen code. */
  readonly overwrites?: Name;
  /** Operands of which anything may become: they go where no flow is followed. */
  readonly leaks?: readonly Name[];
  /** It changes something that others see, whatever its operands are. */
  readonly effect?: true;
  /** Whether it matters by itself to who may be stuck: for its object, always, when panics are recovered, in a loop. */
  readonly root?: 'object' | 'always' | 'recovered' | 'looping';
}
