/** Which object classes hold, or lead to, a synchronisation object that the code at hand makes. */
import type { StructShape } from '../ir.ts';
import { contents } from '../operation.ts';
import type { ObjectFacts, ObjectId, Points } from './points.ts';

/**
 * Objects made here pass on to the contents that are part of them: fields of a struct whose zero value is an object, and
 * channels, which are nil unless set.
 */
export function spreadHome(points: Points): void {
  for (const [, facts] of [...points.classes()]) {
    const done = facts.home ? facts.contents.get(contents.done) : undefined;
    if (done !== undefined) points.facts(points.object(done)).home = true;
  }
  const work = [...points.classes()].filter(([, facts]) => facts.home && facts.shapes.size > 0);
  const seen = new Set<ObjectId>();
  for (let item = work.pop(); item; item = work.pop()) {
    const [object, facts] = item;
    if (seen.has(object)) continue;
    seen.add(object);
    for (const [name, value] of facts.contents) {
      const own = [...facts.shapes].some((shape) => isPart(shape, name));
      if (!own) continue;
      const below = points.object(value);
      const held = points.facts(below);
      held.home = true;
      for (const shape of facts.shapes) addShape(held, shape, name);
      if (held.shapes.size > 0) work.push([below, held]);
    }
  }
}

function isPart(shape: StructShape, name: string): boolean {
  const field = shape.fields.get(name);
  if (!field) return !Object.values<string>(contents).includes(name) && !shape.typeName.startsWith('&');
  return field.zero.kind === 'object' || field.hint() === 'chan';
}

function addShape(facts: ObjectFacts, shape: StructShape, name: string): void {
  const zero = shape.fields.get(name)?.zero;
  if (zero?.kind === 'object' && zero.object.kind === 'struct') facts.addShape(zero.object.shape());
}

/**
 * Classes of made synchronisation objects, and all classes of made objects that lead to one of them. What is stored into
 * an object from outside is known outside from then on, so such an object leads nowhere.
 */
export function leadingToMade(points: Points): ReadonlySet<ObjectId> {
  return leadingTo(points, (_, { home, sync }) => home && sync);
}

/** Classes of made objects that `isMade` names, and all classes of made objects that lead to one of them. */
export function leadingTo(
  points: Points,
  isMade: (object: ObjectId, facts: ObjectFacts) => boolean,
): ReadonlySet<ObjectId> {
  const above = new Map<ObjectId, ObjectId[]>();
  const work: ObjectId[] = [];
  for (const [object, facts] of points.classes()) {
    if (!facts.home) continue;
    if (isMade(object, facts)) work.push(object);
    for (const value of facts.contents.values()) {
      const below = points.object(value);
      const list = above.get(below) ?? [];
      list.push(object);
      above.set(below, list);
    }
  }
  const found = new Set(work);
  for (let object = work.pop(); object !== undefined; object = work.pop()) {
    for (const holder of above.get(object) ?? []) {
      if (found.has(holder)) continue;
      found.add(holder);
      work.push(holder);
    }
  }
  return found;
}
