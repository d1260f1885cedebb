/**
 * The state of all lanes, changed by scripts. Keys, after the slot:
 *
 * - `lane:<key>`: hash of `group`, the ids `waiting` and `running`, `ticket` (what stands for the lane in BullMQ, or did
 *   until its job began), `run` (who runs it) and `delayed` (its ticket waits for a time);
 * - `job:<id>`: hash of `key`, `payload`, `since`, `once`, `attempt`, `waits`, `begun`, `interrupted`, and of
 *   what was given up `reason` and `at`;
 * - `waiting`, `running`, `dead`: ids by time; `once:<id>`: what was taken in;
 * - `held:<group>`: keys that have a ticket or run; `line:<group>`: those that wait until a place of the group is free;
 *   `lines`: groups that have such; `workers`: `<process>:<places>` by the time until which it is believed to live;
 * - `tickets`: what each ticket that is out stands for.
 *
 * A group holds at most as many tickets as there are places in all processes together, so that whoever comes finds at
 * most that many of each other group before it. Each script answers a word, then what it has to say, then the tickets
 * that are to be handed to BullMQ, as pairs; a process that dies before it does so is made up for by `outstanding`.
 */

const shared = `
local p = KEYS[1] .. ':'
local tickets = {}
local function lane(key) return p .. 'lane:' .. key end
local function job(id) return p .. 'job:' .. id end
local function call(...) return redis.call(...) end
local function clock() local t = call('TIME'); return t[1] * 1000 + math.floor(t[2] / 1000) end
local function issue(sort, what)
  local ticket = sort .. call('INCR', p .. 'sequence')
  call('HSET', p .. 'tickets', ticket, what)
  tickets[#tickets + 1] = ticket
  tickets[#tickets + 1] = what
  return ticket
end
local function places()
  local sum = 0
  call('ZREMRANGEBYSCORE', p .. 'workers', '-inf', clock())
  for _, worker in ipairs(call('ZRANGE', p .. 'workers', 0, -1)) do sum = sum + tonumber(string.match(worker, ':(%d+)$')) end
  return math.max(sum, 1)
end
local function promote(group)
  local line, held = p .. 'line:' .. group, p .. 'held:' .. group
  local room = places() - call('SCARD', held)
  while room > 0 do
    local first = call('ZPOPMIN', line)
    if #first == 0 then break end
    call('SADD', held, first[1])
    call('HSET', lane(first[1]), 'ticket', issue('t', first[1]))
    room = room - 1
  end
  if call('ZCARD', line) == 0 then call('SREM', p .. 'lines', group) else call('SADD', p .. 'lines', group) end
end
local function offer(key, group)
  call('ZADD', p .. 'line:' .. group, call('INCR', p .. 'sequence'), key)
  promote(group)
end
local function drop(key)
  local ticket = call('HGET', lane(key), 'ticket')
  if ticket then call('HDEL', p .. 'tickets', ticket) end
  call('HDEL', lane(key), 'ticket', 'delayed')
  return ticket or ''
end
-- A job that ends without having been done: what it began is cleaned up first.
local function leave(id)
  if call('HGET', job(id), 'begun') then issue('c', id) else call('DEL', job(id)) end
end
local function put(key, id, payload, group, now, once)
  local known = lane(key)
  local old = call('HGET', known, 'waiting')
  local dropped = ''
  call('HSET', job(id), 'key', key, 'payload', payload, 'since', now, 'once', once)
  call('HSETNX', known, 'group', group)
  group = call('HGET', known, 'group')
  if old then
    call('ZREM', p .. 'waiting', old)
    leave(old)
    if call('HGET', known, 'delayed') then dropped = drop(key) end
  end
  call('HSET', known, 'waiting', id)
  call('ZADD', p .. 'waiting', now, id)
  local placed = call('HGET', known, 'ticket') or call('ZSCORE', p .. 'line:' .. group, key)
  if not placed then offer(key, group) end
  return { old and 'replaced' or 'queued', dropped }
end
local function finished(key, id)
  local known = lane(key)
  local group = call('HGET', known, 'group')
  drop(key)
  call('HDEL', known, 'running', 'run')
  call('ZREM', p .. 'running', id)
  call('SREM', p .. 'held:' .. group, key)
  if call('HGET', known, 'waiting') then offer(key, group) else call('DEL', known) end
  promote(group)
end
local function answer(words)
  for _, ticket in ipairs(tickets) do words[#words + 1] = ticket end
  return words
end
`;

const onceSeconds = 3 * 24 * 3_600;

/** key, id, payload, group, now, most that may wait (-1: any number), once. Answers also a ticket that is of no use any more. */
const put = `${shared}
local key, id, payload, group, now, most, once = unpack(ARGV)
if once ~= '' and call('EXISTS', p .. 'once:' .. once) == 1 then return { 'repeated', '' } end
if tonumber(most) >= 0 and not call('HGET', lane(key), 'waiting') and call('ZCARD', p .. 'waiting') >= tonumber(most) then
  return { 'full', '' }
end
if once ~= '' then call('SET', p .. 'once:' .. once, id, 'EX', ${onceSeconds}) end
return answer(put(key, id, payload, group, now, once))
`;

/**
 * key, ticket, run, now. Answers `stale`, or `run` with id, payload, attempt, waits, begun (1 or 0) and how often a process
 * that ran it has gone.
 */
const take = `${shared}
local key, ticket, run, now = unpack(ARGV)
local known = lane(key)
if call('HGET', known, 'ticket') ~= ticket then return { 'stale' } end
local group = call('HGET', known, 'group')
local running = call('HGET', known, 'running')
local function told(id, begun, interrupted)
  local all = call('HMGET', job(id), 'payload', 'attempt', 'waits')
  return answer({ 'run', id, all[1], all[2], all[3] or '0', begun, interrupted })
end
if running then
  -- Its process has gone. It comes to its end before a newer one begins: what it has done already is known to it alone.
  call('HSET', known, 'run', run)
  return told(running, '1', call('HINCRBY', job(running), 'interrupted', 1))
end
if call('HGET', known, 'delayed') then
  call('HDEL', known, 'delayed')
  if call('SCARD', p .. 'held:' .. group) >= places() then
    drop(key)
    offer(key, group)
    return answer({ 'stale' })
  end
end
local id = call('HGET', known, 'waiting')
if not id then
  drop(key)
  return { 'stale' }
end
call('SADD', p .. 'held:' .. group, key)
call('HDEL', known, 'waiting')
call('ZREM', p .. 'waiting', id)
call('HSET', known, 'running', id, 'run', run)
call('ZADD', p .. 'running', now, id)
local begun = call('HGET', job(id), 'begun') or '0'
call('HINCRBY', job(id), 'attempt', 1)
call('HSET', job(id), 'begun', 1)
return told(id, begun, '0')
`;

/** key, run, reason ('' where the job was done), now, most that are kept. Answers `ended`, or `lost`. */
const end = `${shared}
local key, run, reason, now, most = unpack(ARGV)
if call('HGET', lane(key), 'run') ~= run then return { 'lost' } end
local id = call('HGET', lane(key), 'running')
if reason == '' then
  call('DEL', job(id))
else
  call('HSET', job(id), 'reason', reason, 'at', now)
  call('ZADD', p .. 'dead', now, id)
  for _, old in ipairs(call('ZRANGE', p .. 'dead', 0, -1 - most)) do
    call('ZREM', p .. 'dead', old)
    call('DEL', job(old))
  end
end
finished(key, id)
return answer({ 'ended' })
`;

/** key, run, 1 for a wait. Answers `postponed`, where the ticket stays and is to be delayed, or `ended`, or `lost`. */
const postpone = `${shared}
local key, run, waits = unpack(ARGV)
local known = lane(key)
if call('HGET', known, 'run') ~= run then return { 'lost' } end
local id = call('HGET', known, 'running')
local group = call('HGET', known, 'group')
if call('HGET', known, 'waiting') then
  leave(id)
  finished(key, id)
  return answer({ 'ended' })
end
if waits == '1' then
  call('HINCRBY', job(id), 'waits', 1)
  call('HINCRBY', job(id), 'attempt', -1)
end
call('HDEL', known, 'running', 'run')
call('ZREM', p .. 'running', id)
call('HSET', known, 'waiting', id, 'delayed', 1)
call('ZADD', p .. 'waiting', call('HGET', job(id), 'since'), id)
call('SREM', p .. 'held:' .. group, key)
promote(group)
return answer({ 'postponed' })
`;

/** key, run: whoever asks for the lane next may have it. */
const letGo = `
local lane = KEYS[1] .. ':lane:' .. ARGV[1]
if redis.call('HGET', lane, 'run') == ARGV[2] then redis.call('HDEL', lane, 'run') end
return { 'ended' }
`;

/** id, ticket: a job that was left is cleaned up. */
const cleaned = `
redis.call('HDEL', KEYS[1] .. ':tickets', ARGV[2])
redis.call('DEL', KEYS[1] .. ':job:' .. ARGV[1])
return { 'ended' }
`;

/** id, new id, now, group: puts what was given up back into the line. Answers `queued` or `replaced`, or `none`. */
const replay = `${shared}
local old, id, now, group = unpack(ARGV)
if call('ZREM', p .. 'dead', old) == 0 then return { 'none', '' } end
local all = call('HMGET', job(old), 'key', 'payload')
call('DEL', job(old))
return answer(put(all[1], id, all[2], group, now, ''))
`;

/** process, places, how long it is believed to live. */
const heartbeat = `${shared}
call('ZADD', p .. 'workers', clock() + ARGV[3], ARGV[1] .. ':' .. ARGV[2])
for _, group in ipairs(call('SMEMBERS', p .. 'lines')) do promote(group) end
return answer({ 'ended' })
`;

export const laneScripts = { put, take, end, postpone, letGo, cleaned, replay, heartbeat } as const;
